// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL

/// The one row that every write locks first and counts up: how often the store was changed, and where its audit ends.
///
/// Writes of all nodes commit one after another under that lock, so the numbers come in order and without gaps; whoever reads the row
/// afterwards knows what he may still hold.
struct Revision: Sendable, Equatable {
    /// Milliseconds since 1970 at which this history of the store was begun or, after a restored backup, declared to go on.
    let epoch: Int64
    let number: Int64
    let head: AuditChain.Place

    private static let columns = "epoch, n, sequence, code, current_setting('default_transaction_read_only') = 'on'"
    static let statement = SQLStatement("SELECT \(columns) FROM revision", [])
    static let lock = SQLStatement("SELECT \(columns) FROM revision FOR UPDATE", [])

    init(epoch: Int64, number: Int64, head: AuditChain.Place) {
        self.epoch = epoch
        self.number = number
        self.head = head
    }

    init(_ result: PostgresResult) throws(PostgresFault) {
        guard result.count == 1, let values = try? Self.values(result.row(0)) else { throw .unexpected("no revision row") }
        // Made so while connections were open: its place may have been taken by another server.
        guard (try? result.row(0).integer(at: 4)) == 0 else { throw .isReadOnly }
        (epoch, number, head) = values
    }

    private static func values(_ row: PostgresRow) throws -> (Int64, Int64, AuditChain.Place)? {
        guard let epoch = try row.integer(at: 0), let number = try row.integer(at: 1), let sequence = try row.integer(at: 2) else {
            return nil
        }
        guard let code = try row.bytes(at: 3).flatMap(AuditChain.Code.init(bytes:)) else { return nil }
        return (epoch, number, AuditChain.Place(sequence: sequence, code: code))
    }

    /// What happened between an earlier look and this one.
    enum Step: Equatable {
        case nothing
        /// The numbers that are new.
        case changes(ClosedRange<Int64>)
        /// Another epoch, or more than is worth telling one by one.
        case everything
        /// The database has lost something that was there.
        case backwards(String)
    }

    func step(from earlier: Revision) -> Step {
        guard epoch >= earlier.epoch else { return .backwards("its epoch is \(epoch) and was \(earlier.epoch)") }
        guard epoch == earlier.epoch else { return .everything }
        guard number >= earlier.number else { return .backwards("its revision is \(number) and was \(earlier.number)") }
        guard head.sequence >= earlier.head.sequence else {
            return .backwards("its audit ends at row \(head.sequence) and ended at row \(earlier.head.sequence)")
        }
        guard head.sequence > earlier.head.sequence || head.code == earlier.head.code else {
            return .backwards("audit row \(head.sequence) is another than it was")
        }
        guard number > earlier.number else { return .nothing }
        return number - earlier.number > Self.mostTold ? .everything : .changes((earlier.number + 1)...number)
    }

    private static let mostTold: Int64 = 2000

    var generation: StoreGeneration { StoreGeneration(epoch: epoch, sequence: head.sequence, code: head.code) }
}

extension PostgresConnection {
    func revision(until deadline: Deadline) throws(PostgresFault) -> Revision {
        try queue(Revision.statement)
        guard let result = try sync(until: deadline).last else { throw .unexpected("no result") }
        return try Revision(result)
    }
}
