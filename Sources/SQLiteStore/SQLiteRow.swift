// SPDX-License-Identifier: Apache-2.0

import GRDB
import GRDBSQLite
import StoreSQL

/// The row at which a statement stands; it lives as long as the cursor doesn't move on.
///
/// GRDB's own rows sort their columns' names for each statement, which takes as long as to read the columns.
struct SQLiteRow: SQLRow {
    private let statement: SQLiteStatement

    func integer(at index: Int) throws -> Int64? {
        try isPresent(at: index, as: SQLITE_INTEGER) ? sqlite3_column_int64(statement, CInt(index)) : nil
    }

    func text(at index: Int) throws -> String? {
        guard try isPresent(at: index, as: SQLITE_TEXT) else { return nil }
        guard let first = sqlite3_column_text(statement, CInt(index)) else { throw UnreadableRow(column: "\(index)") }
        return String(decoding: UnsafeBufferPointer(start: first, count: count(at: index)), as: UTF8.self)
    }

    func bytes(at index: Int) throws -> [UInt8]? {
        guard try isPresent(at: index, as: SQLITE_BLOB) else { return nil }
        // An empty one has no first byte.
        guard let first = sqlite3_column_blob(statement, CInt(index)) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: first, count: count(at: index)))
    }

    func value(at index: Int) throws -> SQLValue {
        switch sqlite3_column_type(statement, CInt(index)) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, CInt(index)))
        case SQLITE_TEXT: return SQLValue(try text(at: index))
        case SQLITE_BLOB: return SQLValue(try bytes(at: index))
        case _: throw UnreadableRow(column: "\(index)")
        }
    }

    /// To be called after the pointer to the column's bytes was asked for, which is what settles their form.
    private func count(at index: Int) -> Int { Int(sqlite3_column_bytes(statement, CInt(index))) }

    private func isPresent(at index: Int, as type: CInt) throws -> Bool {
        let found = sqlite3_column_type(statement, CInt(index))
        guard found == type || found == SQLITE_NULL else { throw UnreadableRow(column: "\(index)") }
        return found == type
    }
}

/// GRDB hands the statement to what it takes for the value of the first column.
extension SQLiteRow: DatabaseValueConvertible, StatementColumnConvertible {
    init(sqliteStatement: SQLiteStatement, index: CInt) { statement = sqliteStatement }

    /// Also where the first column holds nothing.
    static func fromStatement(_ statement: SQLiteStatement, atUncheckedIndex index: CInt) -> SQLiteRow? {
        SQLiteRow(sqliteStatement: statement, index: index)
    }

    var databaseValue: DatabaseValue { .null }

    static func fromDatabaseValue(_ value: DatabaseValue) -> SQLiteRow? { nil }
}
