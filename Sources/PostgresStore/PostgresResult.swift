// SPDX-License-Identifier: Apache-2.0

import CPostgres
import StoreSQL

/// What a statement brought, in PostgreSQL's binary formats.
final class PostgresResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var count: Int { Int(PQntuples(handle)) }

    /// How many rows the statement changed.
    var changes: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    /// Whether a transaction was committed; the end of one that had failed undoes it.
    var isCommit: Bool { String(cString: PQcmdStatus(handle)) == "COMMIT" }

    /// The code of an error.
    var state: String? { PQresultErrorField(handle, cartlink_diag_sqlstate).map { String(cString: $0) } }

    fileprivate func type(ofColumn column: Int) -> Oid { PQftype(handle, Int32(column)) }

    func row(_ number: Int) -> PostgresRow { PostgresRow(result: self, number: Int32(number)) }

    fileprivate func value(_ row: Int32, _ column: Int) -> UnsafeRawBufferPointer? {
        guard PQgetisnull(handle, row, Int32(column)) == 0 else { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(handle, row, Int32(column)), count: Int(PQgetlength(handle, row, Int32(column))))
    }
}

/// One row of a result, which it keeps.
struct PostgresRow: SQLRow {
    fileprivate let result: PostgresResult
    fileprivate let number: Int32

    /// Of `boolean`, `smallint`, `integer` and `bigint`.
    func integer(at index: Int) throws -> Int64? {
        guard let bytes = result.value(number, index) else { return nil }
        switch bytes.count {
        case 1: return Int64(bytes[0])
        case 2: return Int64(Int16(truncatingIfNeeded: bytes.number))
        case 4: return Int64(Int32(truncatingIfNeeded: bytes.number))
        case 8: return bytes.number
        default: throw UnreadableRow(column: "\(index)")
        }
    }

    func text(at index: Int) throws -> String? {
        guard let bytes = result.value(number, index) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw UnreadableRow(column: "\(index)") }
        return text
    }

    func bytes(at index: Int) throws -> [UInt8]? {
        result.value(number, index).map { [UInt8]($0) }
    }

    func value(at index: Int) throws -> SQLValue {
        // The numbers are those of pg_type.
        switch result.type(ofColumn: index) {
        case 16: SQLValue(truth: try integer(at: index))
        case 17: SQLValue(try bytes(at: index))
        case 20, 21, 23: SQLValue(try integer(at: index))
        case 25: SQLValue(try text(at: index))
        default: throw UnreadableRow(column: "\(index)")
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var number: Int64 { reduce(0) { $0 << 8 | Int64($1) } }
}
