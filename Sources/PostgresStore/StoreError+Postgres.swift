// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL

/// The one place that knows what PostgreSQL's error codes mean to a caller.
extension StoreError {
    /// The cause names the code alone: messages of the server may quote what people wrote.
    init(postgres error: any Error) {
        switch error as? PostgresFault {
        case .refused(let state)?: self.init(Self.kind(ofState: state), cause: "PostgreSQL \(state)")
        case .unconnected(let why)?: self.init(.unreachable, cause: "no connection to the database: \(why)")
        case .lost?: self.init(.unreachable, cause: "the connection to the database broke")
        case .late?: self.init(.unreachable, cause: "the database didn't answer in time")
        case .unexpected(let what)?: self.init(.damaged, cause: "the database answered with \(what)")
        case .historyDiffers(let how)?: self.init(.damaged, cause: how)
        case nil:
            let column = (error as? UnreadableRow)?.column ?? "unknown"
            self.init(.damaged, cause: "a row can't be read: \(column)")
        }
    }

    private static func kind(ofState state: String) -> Kind {
        switch state {
        case "53100": .full
        case "25006": .readOnly
        case "53000", "53200", "53300", "53400", "55P03", "57014": .overloaded
        case _ where ["08", "40", "57", "28"].contains(state.prefix(2)): .unreachable
        case "25P03", "25P04", "3D000": .unreachable
        // What is left says that the database and this program disagree about the tables.
        case _: .damaged
        }
    }
}

extension ShareError {
    init(postgres error: any Error) { self = .storeUnavailable(StoreError(postgres: error)) }
}
