// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// Why a database doesn't serve as the store: one line that says what to do.
package enum PostgresRefusal: Error, Equatable, CustomStringConvertible {
    case unreachable(String, cause: String)
    case tooOld(String, version: Int)
    case notDurable(String, setting: String)
    case notUTF8(String, encoding: String)
    case newer(String, found: Int, known: Int)
    case auditDiffers(String)
    case behind(String, how: String)
    case empty(String)
    case failed(String, cause: String)

    package var description: String {
        switch self {
        case .unreachable(let at, let cause):
            "\(at) can't be reached, \(cause): start the database, or correct storage and storagePasswordFile"
        case .tooOld(let at, let version): "\(at) is PostgreSQL \(version / 10_000): Cartlink needs 13 or newer"
        case .notDurable(let at, let setting): "\(at) has \(setting): a power cut could undo an acknowledged revocation; set it to on"
        case .notUTF8(let at, let encoding): "\(at) has the encoding \(encoding): make a database with ENCODING 'UTF8'"
        case .newer(let at, let found, let known):
            "\(at) has schema \(found) and this Cartlink knows \(known): start a newer Cartlink, or restore a backup made before the upgrade"
        case .auditDiffers(let at):
            "the last audit row in \(at) does not fit this audit key: bring back its key or, if this is it, a backup: the row was changed"
        case .behind(let at, let how):
            "\(at) is behind what this node has seen: \(how). If a backup was restored or a standby promoted, run cartlink distrust --before TIME"
        case .empty(let at):
            """
            \(at) is empty, and this node knows a store with links: correct storage, or restore the database; \
            to begin a new store, remove the file generation from the data folder
            """
        case .failed(let at, let cause): "\(at) can't be used, \(cause)"
        }
    }
}

extension PostgresRefusal {
    init(_ error: any Error, at address: PostgresAddress) {
        switch error {
        case let refusal as PostgresRefusal: self = refusal
        case PostgresFault.unconnected(let why): self = .unreachable(address.text, cause: why)
        case PostgresFault.historyDiffers(let how): self = .behind(address.text, how: how)
        case _: self = .failed(address.text, cause: StoreError(postgres: error).cause)
        }
    }
}
