// SPDX-License-Identifier: Apache-2.0

/// The first 100 bytes of a SQLite file, by https://www.sqlite.org/fileformat.html section 1.3.
struct DatabaseHeader {
    let applicationID: Int
    let schemaVersion: Int

    /// Looks at the file before SQLite opens it, so that a foreign or newer one stays as it is.
    init(of folder: DataFolder) throws(StoreRefusal) {
        let bytes = try folder.readHeader()
        guard !bytes.isEmpty else { throw .empty(file: folder.database) }
        guard bytes.count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else { throw .notADatabase(file: folder.database) }
        func number(at place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        schemaVersion = number(at: 60)
        applicationID = number(at: 68)
    }

    func check(_ folder: DataFolder) throws(StoreRefusal) {
        guard applicationID == Schema.applicationID else { throw .foreign(file: folder.database) }
        guard schemaVersion <= Schema.version else {
            throw .newer(file: folder.database, found: schemaVersion, known: Schema.version)
        }
    }
}
