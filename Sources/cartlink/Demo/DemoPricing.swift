// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import ShareLinks

/// The demo's shop at work: it hears that people edited a cart, and pushes the cart with its prices, as a real storefront does.
struct DemoPricing: Service {
    private let sharing: Sharing
    private let carts: [CartID]
    private let logger: Logger
    private let changes: AsyncStream<Void>

    /// Listens from now on; the work begins with `run`.
    ///
    /// - Parameter carts: the shop's own; others are priced by whoever pushed them.
    init(sharing: Sharing, carts: [CartID], logger: Logger) {
        self.sharing = sharing
        self.carts = carts
        self.logger = logger
        let (changes, source) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.changes = changes
        sharing.store.changes.listen { changed in
            if carts.contains(where: { changed.contains(.cart($0)) }) { source.yield() }
        }
        // What was edited before an earlier run was killed still waits.
        source.yield()
    }

    func run() async throws {
        for await _ in changes.cancelOnGracefulShutdown() {
            for cart in carts { await price(cart) }
        }
    }

    private func price(_ id: CartID) async {
        do throws(ShareError) {
            let cart = try await sharing.store.read { view throws(ShareError) in try view.cart(id) }
            guard let cart, let document = DemoPriceList.priced(cart.document) else { return }
            let push = CartPush(
                id: id,
                format: cart.format,
                owner: cart.owner,
                name: cart.name,
                document: document,
                ifMatch: .anyOf([cart.version])
            )
            _ = try await sharing.push(push, by: Demo.storefront, at: Clock.now())
        } catch .versionDiffers {
            // Somebody was faster, and that change is in the stream.
        } catch {
            logger.warning("a demo cart couldn't be priced", metadata: ["cart": "\(id)", "cause": "\(error)"])
        }
    }
}
