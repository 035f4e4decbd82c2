// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// Carries all of one store over into an empty one, inside one transaction of each, then reads both and compares.
package struct StoreCopy {
    private let source: any SQLSession
    private let target: any SQLSession
    private let report: (CopyProgress) -> Void

    package init(from source: any SQLSession, to target: any SQLSession, report: @escaping (CopyProgress) -> Void = { _ in }) {
        self.source = source
        self.target = target
        self.report = report
    }

    /// Answers what each table holds; both stores hold the same.
    ///
    /// The copy's history goes on in a new epoch, no earlier than `earliest`, so that nodes take it for what comes after the store they know.
    package func run(epoch earliest: Int64) throws(CopyRefusal) -> [TableComparison] {
        try Self.requireEmpty(target)
        var counts: [Int] = []
        for table in StoredTable.all { counts.append(try fill(table)) }
        var comparisons: [TableComparison] = []
        for (table, count) in zip(StoredTable.all, counts) { comparisons.append(try compare(table, count)) }
        guard comparisons.allSatisfy(\.isEqual) else { throw .differs(comparisons) }
        try beginEpoch(earliest)
        return comparisons
    }

    private func beginEpoch(_ earliest: Int64) throws(CopyRefusal) {
        let counter = StoredTable.all[0]
        let before = try asking(source, counter) { try source.epoch() }
        _ = try asking(target, counter) { try target.beginEpoch(max(earliest, before + 1)) }
    }

    /// Refuses a store that holds anything.
    package static func requireEmpty(_ session: any SQLSession) throws(CopyRefusal) {
        for table in StoredTable.all where !table.isNeverEmpty {
            let hasRows = try asking(session, table) {
                try session.integer(SQLStatement("SELECT EXISTS (SELECT 1 FROM \(table.name))", []))
            }
            guard hasRows == 0 else { throw .notEmpty(table: table.name) }
        }
    }

    /// Answers how many rows were copied.
    private func fill(_ table: StoredTable) throws(CopyRefusal) -> Int {
        let total = try asking(source, table) {
            Int(try source.integer(SQLStatement("SELECT count(*) FROM \(table.name)", [])) ?? 0)
        }
        var reader = TableReader(table, in: source)
        var done = 0
        while true {
            let rows = try asking(source, table) { try reader.next() }
            guard let last = rows.last else { break }
            try asking(target, table) {
                for row in rows.dropLast() { try target.execute(table.insertion(of: row)) }
                // This one is waited for, and with it those that were sent before.
                _ = try target.change(table.insertion(of: last))
            }
            done += rows.count
            report(CopyProgress(stage: .copying, table: table.name, done: done, total: total))
        }
        if table.isNumbered {
            let number = try asking(source, table) { try table.lastNumber(in: source) }
            try asking(target, table) { try table.goOn(after: number, in: target) }
        }
        // So that the first look-ups don't search a table of which PostgreSQL knows nothing.
        if target.dialect == .postgres { try asking(target, table) { _ = try target.change(SQLStatement("ANALYZE \(table.name)", [])) } }
        return done
    }

    /// Reads both in turns: neither connection stays idle for as long as the other takes.
    private func compare(_ table: StoredTable, _ total: Int) throws(CopyRefusal) -> TableComparison {
        var (here, there) = (TableReader(table, in: source), TableReader(table, in: target))
        var (read, written) = (TableDigest(of: table), TableDigest(of: table))
        while true {
            let rows = try asking(source, table) { try here.next() }
            let copies = try asking(target, table) { try there.next() }
            guard !rows.isEmpty || !copies.isEmpty else { break }
            for row in rows { read.add(row) }
            for row in copies { written.add(row) }
            report(CopyProgress(stage: .comparing, table: table.name, done: written.count, total: total))
        }
        return TableComparison(table: table.name, source: read, target: written)
    }

    private func asking<Answer>(
        _ session: any SQLSession,
        _ table: StoredTable,
        _ work: () throws -> Answer
    ) throws(CopyRefusal) -> Answer { try Self.asking(session, table, work) }

    private static func asking<Answer>(
        _ session: any SQLSession,
        _ table: StoredTable,
        _ work: () throws -> Answer
    ) throws(CopyRefusal) -> Answer {
        do {
            return try work()
        } catch {
            guard case .storeUnavailable(let fault) = session.shareError(error) else {
                throw .failed(table: table.name, cause: "\(session.dialect)")
            }
            throw .failed(table: table.name, cause: "\(fault.kind.rawValue), \(fault.cause)")
        }
    }
}
