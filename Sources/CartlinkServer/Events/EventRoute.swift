// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ShareLinks

/// `GET /v1/carts/{cartId}/events`: tells a cart's owner and the people with a grant when it changes.
struct EventRoute: RouteGroup {
    let authenticator: Authenticator
    let streams: EventStreams
    let glimpses: GlimpseQueue
    let now: @Sendable () -> Timestamp

    init(sharing: Sharing, authenticator: Authenticator, streams: EventStreams, now: @escaping @Sendable () -> Timestamp) {
        self.authenticator = authenticator
        self.streams = streams
        glimpses = GlimpseQueue(sharing: sharing)
        self.now = now
    }

    func add(to router: Router<ServerContext>) {
        router.get("/v1/carts/{cartId}/events", use: watch)
    }

    @Sendable private func watch(_ request: Request, _ context: ServerContext) async throws -> Response {
        let now = now()
        let (reader, loginEnd) = try await authenticator.identify(request, at: now)
        let cart = try context.cartID()
        guard let loginEnd, let person = reader.person else {
            throw reader == .stranger ? Problem.loginRequired : Problem(code: .permissionDenied, detail: "Only a person may do this.")
        }
        // The leeway that other requests have would open a stream here that ends at once, again and again.
        guard loginEnd > now else { throw Problem.loginInvalid }
        // The place comes first: what changes while the right is judged wakes the stream.
        let place = try streams.open(on: cart, for: person.userID, until: loginEnd)
        let start = try await glimpses.glimpse(of: cart, for: reader)
        let missed = request.headers[.lastEventID].map { EventText.news(start, since: EventID($0)) } ?? ""
        context.channel.closeFuture.whenComplete { [weak place] _ in place?.end(.readerLeft) }
        let watch = CartWatch(cart: cart, reader: reader, glimpses: glimpses, place: place, channel: context.channel)
        let logger = context.logger
        return Response(
            status: .ok,
            headers: [.contentType: EventText.mediaType, .cacheControl: "no-store", .xAccelBuffering: "no"],
            body: ResponseBody { writer in
                let began = ContinuousClock.now
                // A write fails where the reader has left.
                let end = (try? await watch.write(from: start, missed: missed, to: &writer)) ?? .readerLeft
                logger.info(
                    "event stream ended",
                    metadata: ["reason": "\(end.rawValue)", "seconds": "\((ContinuousClock.now - began).components.seconds)"]
                )
            }
        )
    }
}

extension HTTPField.Name {
    fileprivate static let lastEventID = HTTPField.Name("Last-Event-ID")!
    /// Lets nginx pass each event on at once.
    fileprivate static let xAccelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
