// SPDX-License-Identifier: Apache-2.0

package import ShareLinks
import Synchronization

/// A shop's platform in memory: carts by id, each with its traits, the name of its owner, and lines by id.
package final class Platform: CartSource {
    package struct Held: Sendable {
        var traits: [String: String]
        var ownerName: String?
        var lines: [String: Int64]
        var isMasked = false
    }

    fileprivate struct State {
        var carts: [PlatformCartID: Held] = [:]
        var fault: SourceError?
        /// What an edit ends with after it was made.
        var editFault: SourceError?
        var reads: [CartPart] = []
        var meanwhile: (@Sendable () async -> Void)?
    }

    package static let cart = PlatformCartID("c0ffee")!
    package let format = CartFormat.vtexOrderForm
    private let state = Mutex(State())

    package init() {
        state.withLock { $0.carts[Self.cart] = Held(traits: ["user": "1"], ownerName: "Anna@Shop.example", lines: ["l1": 2]) }
    }

    func change(_ change: @Sendable (inout Held) -> Void) {
        state.withLock { change(&$0.carts[Self.cart]!) }
    }

    var fault: SourceError? {
        get { state.withLock { $0.fault } }
        set { state.withLock { $0.fault = newValue } }
    }

    var editFault: SourceError? {
        get { state.withLock { $0.editFault } }
        set { state.withLock { $0.editFault = newValue } }
    }

    var reads: [CartPart] { state.withLock { $0.reads } }

    var lines: [String: Int64] { state.withLock { $0.carts[Self.cart]?.lines ?? [:] } }

    func forget() {
        state.withLock { $0.carts = [:] }
    }

    /// Runs once, between what an edit reads and what it was told then.
    func meanwhile(_ work: @escaping @Sendable () async -> Void) {
        state.withLock { $0.meanwhile = work }
    }

    package func cart(_ id: PlatformCartID, _ part: CartPart, asOfNow: Bool) async throws(SourceError) -> SourcedCart {
        try state.withLock { state throws(SourceError) in
            state.reads.append(part)
            return try state.sourced(id, part)
        }
    }

    package func edit(
        _ id: PlatformCartID,
        _ edit: ItemEdit,
        proceeds: @escaping @Sendable (SourcedCart) async -> Bool
    ) async throws(SourceError) -> SourcedCart {
        let fresh = try state.withLock { state throws(SourceError) in try state.sourced(id, .shared) }
        let meanwhile = state.withLock { state in
            defer { state.meanwhile = nil }
            return state.meanwhile
        }
        await meanwhile?()
        guard await proceeds(fresh) else { throw .stopped }
        return try state.withLock { state throws(SourceError) in
            guard case .setQuantity(let item, let quantity) = edit, state.carts[id]?.lines[item] != nil else { throw .noSuchItem }
            state.carts[id]?.lines[item] = quantity.value
            if let fault = state.editFault { throw fault }
            return try state.sourced(id, .shared)
        }
    }
}

extension Platform.State {
    fileprivate func sourced(_ id: PlatformCartID, _ part: CartPart) throws(SourceError) -> SourcedCart {
        if let fault { throw fault }
        guard let cart = carts[id] else { throw .gone }
        let lines = cart.lines.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        return SourcedCart(
            document: Array("\(part) \(lines)".utf8),
            version: CartVersion(cart.lines.values.reduce(1000, +)),
            fingerprint: CartFingerprint(cart.traits),
            ownerName: part == .whole ? cart.ownerName : nil,
            isMasked: cart.isMasked,
            freshUntil: .now
        )
    }
}
