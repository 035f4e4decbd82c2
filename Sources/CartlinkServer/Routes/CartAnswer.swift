// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

extension Projections {
    /// `{cart, version, state, viewer, redaction}` with the version as `ETag`: a cart as the caller may see it.
    func answer(_ cart: Cart, to standing: Standing, status: HTTPResponse.Status = .ok) throws(Problem) -> Response {
        let isService = standing.relation == .guest
        let view = try view(of: cart, for: isService ? .service : standing.viewer)
        return Answer.json(
            .object([
                ("cart", .bytes(view.document)),
                ("version", .number(cart.version.number)),
                ("state", .string(cart.state.rawValue)),
                (
                    "viewer",
                    .object([
                        ("relation", .string(isService ? "service" : standing.relation.rawValue)),
                        ("canEdit", .bool(standing.canEdit(in: cart.state))),
                    ])
                ),
                ("redaction", view.redaction),
            ]),
            status: status,
            headers: [.eTag: cart.entityTag]
        )
    }
}

extension Cart {
    /// The version as a strong entity tag.
    var entityTag: String { "\"\(version)\"" }
}
