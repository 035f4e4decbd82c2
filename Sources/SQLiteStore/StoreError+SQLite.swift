// SPDX-License-Identifier: Apache-2.0

import GRDB
import ShareLinks
import StoreSQL

/// The one place that knows SQLite's result codes (https://www.sqlite.org/rescode.html).
extension StoreError {
    /// The cause names the code alone: SQLite's messages may quote what people wrote.
    init(sqlite error: any Error) {
        guard let code = (error as? DatabaseError)?.extendedResultCode else {
            let column = (error as? UnreadableRow)?.column ?? "unknown"
            self.init(.damaged, cause: "a row can't be read: \(column)")
            return
        }
        self.init(Self.kind(of: code), cause: "SQLite \(code)")
    }

    private static func kind(of code: ResultCode) -> Kind {
        switch code {
        // The second: the -shm file couldn't grow.
        case .SQLITE_FULL, .SQLITE_IOERR_SHMSIZE: .full
        case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
        case .SQLITE_NOMEM, .SQLITE_IOERR_NOMEM: .overloaded
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_INTERRUPT, .SQLITE_CANTOPEN, .SQLITE_MISUSE, .SQLITE_PROTOCOL: .unreachable
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR: .damaged
        // What is left says that SQLite and this program disagree about the file.
        case _: .damaged
        }
    }
}

extension ShareError {
    init(sqlite error: any Error) {
        self = .storeUnavailable(StoreError(sqlite: error))
    }
}

extension DatabaseError {
    /// Whether nothing may be acknowledged any more until a restart has checked the file: a failed sync must not be tried again,
    /// since the system may have dropped the pages that it couldn't write.
    var endsWriting: Bool {
        guard StoreError(sqlite: self).kind == .damaged else { return false }
        return [.SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB].contains(extendedResultCode.primaryResultCode)
    }
}

extension StoreRefusal {
    init(sqlite error: any Error, in folder: DataFolder) {
        let refusal = StoreError(sqlite: error)
        switch refusal.kind {
        case .full: self = .full(folder: folder.path)
        case .readOnly: self = .notWritable(folder: folder.path)
        // A disk that fails says nothing of the file.
        case .damaged where (error as? DatabaseError)?.resultCode == .SQLITE_IOERR:
            self = .failed(file: folder.database, cause: refusal.cause)
        case .damaged: self = .damaged(file: folder.database)
        case .unreachable, .overloaded, .undecided: self = .failed(file: folder.database, cause: refusal.cause)
        }
    }
}
