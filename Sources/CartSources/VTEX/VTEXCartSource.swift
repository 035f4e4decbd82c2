// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Carts that a VTEX store keeps as orderForms.
package struct VTEXCartSource: CartSource {
    package let format = CartFormat.vtexOrderForm
    private let settings: VTEXSettings
    private let requests: OrderFormRequests
    private let calls: any PlatformCalls
    private let shelves: CartShelves
    private let turns: EditLine

    package init(settings: VTEXSettings, calls: any PlatformCalls, shelves: CartShelves, turns: EditLine) {
        self.settings = settings
        requests = OrderFormRequests(settings: settings)
        self.calls = calls
        self.shelves = shelves
        self.turns = turns
    }

    package func cart(_ id: PlatformCartID, _ part: CartPart, asOfNow: Bool) async throws(SourceError) -> SourcedCart {
        guard let form = OrderFormID(id.text) else { throw .gone }
        return try await shelves.cart(id, part, asOfNow: asOfNow) { () async throws(SourceError) -> CartReading in
            try await read(form, part)
        }
    }

    package func edit(
        _ id: PlatformCartID,
        _ edit: ItemEdit,
        proceeds: @escaping @Sendable (SourcedCart) async -> Bool
    ) async throws(SourceError) -> SourcedCart {
        guard let form = OrderFormID(id.text) else { throw .gone }
        try OrderFormChange.checkWording(edit)
        return try await turns.inTurn(id) { () async throws(SourceError) -> SourcedCart in
            // The second time is for a line that moved between reading and writing.
            for _ in 1...2 {
                let before = try await read(form, .shared)
                let change = try OrderFormChange(edit, of: form, before.lines, requests)
                guard await proceeds(before.cart) else { throw .stopped }
                if let after = try await make(change, of: form, id) { return after.cart }
            }
            throw .overtaken
        }
    }

    private func read(_ form: OrderFormID, _ part: CartPart) async throws(SourceError) -> CartReading {
        let answer = try await calls.send(requests.reading(form, part))
        let owner = part == .whole ? settings.owner : nil
        return try calls.read(answer) { answer throws(SourceError) in try OrderForm.reading(answer, of: form, owner: owner) }
    }

    /// Nil where the line isn't where it was.
    private func make(_ change: OrderFormChange, of form: OrderFormID, _ id: PlatformCartID) async throws(SourceError) -> CartReading? {
        let answer = try await shelves.forgetting(id) { () async throws(SourceError) in try await calls.send(change.request) }
        guard (200..<300).contains(answer.status) else {
            if answer.status == 400, OrderForm.errorCode(answer) == "CHK0041" { return nil }
            throw Self.refusal(answer)
        }
        let after: CartReading
        do throws(SourceError) {
            after = try calls.read(answer) { answer throws(SourceError) in try OrderForm.reading(answer, of: form, owner: nil) }
        } catch {
            throw .outcomeUnknown(cause: "took the edit and answered no cart")
        }
        try change.check.check(after.lines)
        return after
    }

    private static func refusal(_ answer: UpstreamAnswer) -> SourceError {
        guard answer.status == 400 else { return answer.unexpected }
        switch OrderForm.errorCode(answer) {
        case "CHK0023": return .notExpressible(field: "quantity")
        case "CHK0024", "ORD005": return .notSold
        case "ORD002": return .gone
        default: return answer.unexpected
        }
    }
}
