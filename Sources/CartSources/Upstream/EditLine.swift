// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Edits of one cart come one after the other, in the order in which they came.
package final class EditLine: Sendable {
    private let line: TurnLine<PlatformCartID>
    private let patience: Duration

    /// - Parameters:
    ///   - mostWaiting: how many may wait for each cart.
    ///   - patience: how long each of them waits.
    package init(mostWaiting: Int = 16, patience: Duration = .seconds(5)) {
        line = TurnLine(places: 1, mostWaiting: mostWaiting)
        self.patience = patience
    }

    package func inTurn<Answer>(
        _ id: PlatformCartID,
        _ work: () async throws(SourceError) -> Answer
    ) async throws(SourceError) -> Answer {
        do throws(TurnLine<PlatformCartID>.Refusal) {
            try await line.enter(id, within: patience)
        } catch {
            switch error {
            case .full: throw .unavailable(cause: "too many edits of one cart")
            case .late: throw .unavailable(cause: "no turn among the edits of one cart")
            case .cancelled: throw .unavailable(cause: "cancelled")
            }
        }
        defer { line.leave(id) }
        return try await work()
    }

    /// How many carts are being edited.
    var count: Int { line.count }

    func waiting(for id: PlatformCartID) -> Int { line.waiting(at: id) }
}
