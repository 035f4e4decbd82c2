// SPDX-License-Identifier: Apache-2.0

import CPostgres
import StoreSQL

/// The values of one statement as the protocol sends them, in PostgreSQL's binary formats.
struct Parameters {
    private var types: [Oid] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    /// Where each value starts in `bytes`; negative for NULL.
    private var starts: [Int] = []
    private var bytes: [UInt8] = []

    init(_ values: [SQLValue]) {
        for value in values {
            switch value.portable {
            case .null: add(0, isNull: true) { _ in }
            case .integer(let number): add(20) { bytes in Swift.withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }
            case .text(let text): add(25) { $0.append(contentsOf: text.utf8) }
            case .bytes(let content): add(17) { $0.append(contentsOf: content) }
            case .truth(let isTrue): add(16) { $0.append(isTrue ? 1 : 0) }
            }
        }
    }

    private mutating func add(_ type: Oid, isNull: Bool = false, _ write: (inout [UInt8]) -> Void) {
        let start = bytes.count
        write(&bytes)
        types.append(type)
        lengths.append(Int32(bytes.count - start))
        formats.append(1)
        starts.append(isNull ? -1 : start)
        // An empty value needs an address too: a null pointer is NULL.
        if bytes.count == start { bytes.append(0) }
    }

    func prepare(_ sql: String, as name: String, on handle: OpaquePointer) -> Bool {
        PQsendPrepare(handle, name, numbered(sql), Int32(types.count), types) == 1
    }

    func execute(_ name: String, on handle: OpaquePointer) -> Bool {
        withPointers { PQsendQueryPrepared(handle, name, Int32(types.count), $0, lengths, formats, 1) == 1 }
    }

    func send(_ sql: String, on handle: OpaquePointer) -> Bool {
        withPointers { PQsendQueryParams(handle, numbered(sql), Int32(types.count), types, $0, lengths, formats, 1) == 1 }
    }

    private func withPointers<Answer>(_ use: (UnsafePointer<UnsafePointer<CChar>?>?) -> Answer) -> Answer {
        bytes.withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = starts.map { start in start < 0 ? nil : base.map { UnsafePointer($0 + start) } }
            return pointers.withUnsafeBufferPointer { use($0.baseAddress) }
        }
    }

    /// `?` and `?2` become `$1` and `$2`.
    private func numbered(_ sql: String) -> String {
        var text = ""
        var next = 1
        var rest = sql.utf8[...]
        while let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            text += String(rest[..<mark]) ?? ""
            rest = rest[rest.index(after: mark)...]
            if let digit = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
                text += "$"
            } else {
                text += "$\(next)"
                next += 1
            }
        }
        return text + (String(rest) ?? "")
    }
}
