// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import ShareLinks

/// `/s/{token}/seen`: the page tells that somebody looks at it.
struct SeenRoute: RouteGroup {
    let door: SharedDoor
    let opens: OpenCounts

    func add(to router: Router<ServerContext>) {
        router.post("/s/{token}/seen", use: seen)
    }

    /// Browsers send what they like as a beacon's body; nothing in it matters.
    private static let largestBody = 1024

    @Sendable private func seen(_ request: Request, _ context: ServerContext) async throws -> Response {
        let opened = try await opened(request, context)
        _ = try await request.body.collect(upTo: Self.largestBody)
        // Owners know that they looked.
        if let opened, opened.standing != .owner, !RobotSigns(in: request.head).isRobot {
            opens.countPerson(at: opened.link.id, at: door.now())
        }
        return Answer.noContent
    }

    /// Nil for a link that lives but shows this caller only the way to a login.
    private func opened(_ request: Request, _ context: ServerContext) async throws -> OpenedLink? {
        do {
            return try await door.open(request.asLook, context)
        } catch ShareError.loginRequired, ShareError.notAMember {
            return nil
        }
    }
}

extension Request {
    /// The same request as one that changes nothing. A beacon changes no cart, so a login cookie needs no origin beside it.
    fileprivate var asLook: Request {
        var head = head
        head.method = .get
        return Request(head: head, body: body)
    }
}
