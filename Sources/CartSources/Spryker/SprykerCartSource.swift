// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// Carts that a Spryker shop keeps, through its Glue API.
package struct SprykerCartSource: CartSource {
    package let format = CartFormat.sprykerCart
    private let settings: SprykerSettings
    private let calls: any PlatformCalls
    private let shelves: CartShelves
    private let turns: EditLine

    package init(settings: SprykerSettings, calls: any PlatformCalls, shelves: CartShelves, turns: EditLine) {
        self.settings = settings
        self.calls = calls
        self.shelves = shelves
        self.turns = turns
    }

    /// Glue answers the same cart for both parts.
    package func cart(_ id: PlatformCartID, _ part: CartPart, asOfNow: Bool) async throws(SourceError) -> SourcedCart {
        try await shelves.cart(id, part, asOfNow: asOfNow) { () async throws(SourceError) -> CartReading in
            try await read(id, part)
        }
    }

    package func edit(
        _ id: PlatformCartID,
        _ edit: ItemEdit,
        proceeds: @escaping @Sendable (SourcedCart) async -> Bool
    ) async throws(SourceError) -> SourcedCart {
        if case .add(let item) = edit, !item.options.choices.isEmpty { throw .notExpressible(field: "options") }
        return try await turns.inTurn(id) { () async throws(SourceError) -> SourcedCart in
            let before = try await read(id, .shared)
            let (request, wish) = try GlueCalls.edit(edit, of: id, before.lines)
            guard await proceeds(before.cart) else { throw .stopped }
            let after = try await shelves.forgetting(id) { () async throws(SourceError) -> CartReading in
                try await make(request, of: id)
            }
            try EditCheck(before: before.lines, wish: wish).check(after.lines)
            return after.cart
        }
    }

    private func read(_ id: PlatformCartID, _ part: CartPart) async throws(SourceError) -> CartReading {
        let answer = try await calls.send(GlueCalls.reading(id))
        let owner = part == .whole ? settings.owner : nil
        return try calls.read(answer) { answer throws(SourceError) in try GlueReading.reading(answer, of: id, owner: owner) }
    }

    /// Sends the edit, and reads the cart after it: Glue's answers to edits don't all hold the cart.
    private func make(_ request: UpstreamRequest, of id: PlatformCartID) async throws(SourceError) -> CartReading {
        let answer = try await calls.send(request)
        guard (200..<300).contains(answer.status) else { throw Self.refusal(answer) }
        do throws(SourceError) {
            return try await read(id, .shared)
        } catch .gone {
            throw .gone
        } catch {
            throw .outcomeUnknown(cause: "took the edit and answered no cart")
        }
    }

    private static func refusal(_ answer: UpstreamAnswer) -> SourceError {
        if GlueReading.isGone(answer) { return .gone }
        switch answer.status {
        case 404 where GlueReading.errorCodes(answer).contains("103"): return .noSuchItem
        case 422: return .notSold
        default: return answer.unexpected
        }
    }
}
