// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

extension Projections {
    /// What of a cart goes to the person who takes it over: what the link showed as a member, and nothing personal even where a
    /// shop's policy shows members something of that kind.
    func offered(_ cart: Cart) throws(ShareError) -> OfferedCart {
        do throws(Problem) {
            let impersonal = try project(cart.document, in: cart.format, for: .service)
            let document = try project(impersonal, in: cart.format, for: .member)
            return OfferedCart(name: cart.format == .cartlink ? JSONNode(document)["name"]?.string : nil, document: document)
        } catch {
            throw ShareError(unreadable: error)
        }
    }
}
