// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL
import Testing

@testable import PostgresStore

@Suite struct RevisionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: Revision
        let now: Revision
        let step: Revision.Step
    }

    private static func code(_ byte: UInt8) -> AuditChain.Code { AuditChain.Code(bytes: [UInt8](repeating: byte, count: 32))! }

    private static func at(_ number: Int64, audit sequence: Int64 = 5, code: UInt8 = 1, epoch: Int64 = 7) -> Revision {
        Revision(epoch: epoch, number: number, head: AuditChain.Place(sequence: sequence, code: Self.code(code)))
    }

    @Test(arguments: [
        Case(testDescription: "nothing", before: at(3), now: at(3), step: .nothing),
        Case(testDescription: "an audit row that concerns no cart", before: at(3), now: at(3, audit: 6, code: 2), step: .nothing),
        Case(testDescription: "one change", before: at(3), now: at(4, audit: 6, code: 2), step: .changes(4...4)),
        Case(testDescription: "some changes", before: at(3), now: at(9, audit: 6, code: 2), step: .changes(4...9)),
        Case(testDescription: "a flood", before: at(3), now: at(30_000, audit: 6, code: 2), step: .everything),
        Case(testDescription: "a new epoch", before: at(3), now: at(1, audit: 0, code: 0, epoch: 8), step: .everything),
    ])
    func theStepIsWhatHappened(_ row: Case) {
        #expect(row.now.step(from: row.before) == row.step)
    }

    @Test(arguments: [
        Case(testDescription: "a lower number", before: at(3), now: at(2), step: .nothing),
        Case(testDescription: "an older epoch", before: at(3), now: at(9, epoch: 6), step: .nothing),
        Case(testDescription: "a shorter audit", before: at(3), now: at(4, audit: 4), step: .nothing),
        Case(testDescription: "another audit row", before: at(3), now: at(4, code: 9), step: .nothing),
    ])
    func whatLostSomethingWentBackwards(_ row: Case) {
        guard case .backwards = row.now.step(from: row.before) else {
            Issue.record("taken for \(row.now.step(from: row.before))")
            return
        }
    }
}
