// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import PostgresStore
import SQLiteStore
import ShareLinks
import StoreSQL

struct StoreCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copies everything from SQLite into an empty PostgreSQL database, or back, and compares both. Links keep working."
    )

    @OptionGroup var options: ConfigOption
    @Option(help: "The store to copy, which no node may use: sqlite:FOLDER, or postgres://USER@HOST/DATABASE.") var from: String
    @Option(help: "The store to fill, which must be empty: postgres://USER@HOST/DATABASE, or sqlite:FOLDER.") var to: String
    @Option(help: "A file with the password of the database that is copied.") var fromPasswordFile: String?
    @Option(help: "A file with the password of the database that is filled.") var toPasswordFile: String?

    func run() async throws {
        try await reporting {
            let settings = try options.settings()
            let chain = try KeyFolder(settings).auditChain()
            let now = Clock.now()
            let source = try StorePlace(from, passwordFile: fromPasswordFile, option: "from")
            let target = try StorePlace(to, passwordFile: toPasswordFile, option: "to")
            do throws(CopyRefusal) {
                let tables: [TableComparison]
                switch (source, target) {
                case (.sqlite(let folder), .postgres(let address, let password)):
                    tables = try await Self.copy(folder, chain, isNew: false) { store throws(CopyRefusal) in
                        try await PostgresStore.copyIn(to: address, password: password, auditChain: chain, now: now) {
                            target throws(CopyRefusal) in
                            try store.copyOut { source throws(CopyRefusal) in try Self.copy(source, target, at: now) }
                        }
                    }
                case (.postgres(let address, let password), .sqlite(let folder)):
                    tables = try await Self.copy(folder, chain, isNew: true) { store throws(CopyRefusal) in
                        try await PostgresStore.copyOut(of: address, password: password, auditChain: chain, now: now) {
                            source throws(CopyRefusal) in
                            try store.copyIn { target throws(CopyRefusal) in try Self.copy(source, target, at: now) }
                        }
                    }
                case (.sqlite, .sqlite), (.postgres, .postgres):
                    throw .store("one of --from and --to must be sqlite:FOLDER, the other a postgres:// address")
                }
                for table in tables { print(table.line) }
                printNextSteps()
            } catch {
                throw refusal(error)
            }
        }
    }

    /// With the SQLite store of the two open.
    private static func copy(
        _ folder: String,
        _ chain: AuditChain,
        isNew: Bool,
        _ work: (SQLiteStore) async throws(CopyRefusal) -> [TableComparison]
    ) async throws(CopyRefusal) -> [TableComparison] {
        guard isNew || !SQLiteStore.isNew(folder: folder) else { throw .store("\(folder) holds no store") }
        let store: SQLiteStore
        do throws(StoreRefusal) {
            store = try SQLiteStore.open(folder: folder, auditChain: chain, diskReserve: 0)
        } catch {
            throw .store(error.description)
        }
        let tables: Result<[TableComparison], CopyRefusal>
        do throws(CopyRefusal) { tables = .success(try await work(store)) } catch { tables = .failure(error) }
        do throws(ShareError) {
            try await store.close()
        } catch {
            // What was read is whole all the same; what was written is in the log that the next start reads.
            print("note: \(folder) wasn't closed as it should be; its next start mends that")
        }
        return try tables.get()
    }

    private static func copy(
        _ source: any SQLSession,
        _ target: any SQLSession,
        at now: Timestamp
    ) throws(CopyRefusal) -> [TableComparison] {
        let lines = CopyLines()
        return try StoreCopy(from: source, to: target) { lines.tell($0) }.run(epoch: now.milliseconds)
    }

    private func refusal(_ refusal: CopyRefusal) -> Refusal {
        switch refusal {
        case .store(let why): return .failure(why)
        case .notEmpty(let table):
            return .failure("--to isn't empty, its table \(table) has rows; nothing was changed: give it a new database or folder")
        case .failed(let table, let cause): return .failure("the copy failed at the table \(table), \(cause); nothing of it was kept")
        case .differs(let tables):
            for table in tables { print(table.line) }
            let names = tables.filter { !$0.isEqual }.map(\.table).joined(separator: ", ")
            return .failure("what was written isn't what was read: \(names); nothing of the copy was kept")
        }
    }

    private func printNextSteps() {
        let storage = to.hasPrefix("sqlite:") ? "storage: sqlite and data: \(to.dropFirst("sqlite:".count))" : "storage: \(to)"
        print(
            """
            Both stores hold the same. Next: set \(storage) in the configuration, leave the keys as they are, and start.
            Never start a node on the old store again: what is revoked from here on isn't revoked there.
            """
        )
    }
}

extension TableComparison {
    fileprivate var line: String {
        let name = table.padding(toLength: 14, withPad: " ", startingAt: 0)
        return isEqual
            ? "\(name) \(source.count) rows, \(source.text)"
            : "\(name) \(source.count) rows, \(source.text) DIFFERS: \(target.count) rows, \(target.text)"
    }
}
