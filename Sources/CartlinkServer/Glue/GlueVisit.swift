// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import ShareLinks

/// One request under `/glue` whose headers hold. Routes ask for its parts in the order of Glue's checks: attributes, then the person.
struct GlueVisit {
    static let mediaType = "application/vnd.api+json"

    let request: Request
    let context: ServerContext
    let door: GlueDoor
    /// The type that the address names.
    let type: GlueType
    let query: GlueQuery
    let now: Timestamp

    /// The attributes of the posted resource, which has to be of the address's type.
    func attributes() async throws -> GlueAttributes {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Request.smallBody {
            throw Problem(code: .tooLarge)
        }
        let buffer = try await request.body.collect(upTo: Request.smallBody)
        return try GlueAttributes(body: Array(buffer.readableBytesView), of: type)
    }

    /// The person whose login the request carries. Only the header counts: Glue knows no cookies.
    func person() async throws -> Person {
        try request.refuseLoginInQuery()
        // A blank header is none, as in Glue.
        guard let sent = request.headers[.authorization], !sent.allSatisfy(\.isWhitespace) else { throw GlueRefusal(.tokenMissing) }
        switch try await door.authenticator.caller(of: request, at: now) {
        case .person(let person): return person
        case .service: throw GlueRefusal(.tokenInvalid)
        case .stranger: throw GlueRefusal(.tokenMissing)
        }
    }

    /// The cart's id from the path; a text that can't be one names no cart.
    func cartID() throws(GlueRefusal) -> CartID {
        guard let id = text("cartId").flatMap({ CartID($0) }) else { throw GlueRefusal(.cartNotFound) }
        return id
    }

    func grantID() throws(GlueRefusal) -> GrantID {
        guard let id = text("grantId").flatMap({ GrantID($0) }) else { throw GlueRefusal(.sharedCartNotFound) }
        return id
    }

    /// A line's id as the shop chose it: any text, so it is compared and never parsed.
    var itemID: String { text("itemId") ?? "" }

    /// A part of the path, decoded once; nil where it isn't there or isn't well encoded.
    private func text(_ part: String) -> String? {
        context.parameters.get(part)?.removingPercentEncoding
    }

    func one(_ resource: GlueResource, status: HTTPResponse.Status = .ok) -> Response {
        answer([resource], isCollection: false, status: status)
    }

    func collection(_ resources: [GlueResource]) -> Response {
        answer(resources, isCollection: true, status: .ok)
    }

    private func answer(_ resources: [GlueResource], isCollection: Bool, status: HTTPResponse.Status) -> Response {
        let document = GlueDocument(resources: resources, isCollection: isCollection, requested: type, query: query, base: door.base)
        return Answer.bytes(document.text, type: Self.mediaType, status: status)
    }
}
