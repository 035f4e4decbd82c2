// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import ShareLinks

extension ServerContext {
    /// A cart's id from the path; a text that can't be an id names no cart.
    func cartID() throws(Problem) -> CartID {
        guard let text = parameters.get("cartId"), let id = CartID(text) else { throw Problem(code: .cartNotFound) }
        return id
    }

    func linkID() throws(Problem) -> LinkID {
        guard let text = parameters.get("linkId"), let id = LinkID(text) else { throw Problem(code: .linkNotFound) }
        return id
    }

    func grantID() throws(Problem) -> GrantID {
        try identifier("grantId")
    }

    func commentID() throws(Problem) -> CommentID {
        try identifier("commentId")
    }

    func companyUserID() throws(Problem) -> CompanyUserID {
        try identifier("companyUserId")
    }

    /// A line's id as the shop chose it: any text, so it is compared and never parsed.
    func itemID() throws(Problem) -> String {
        guard let text = parameters.get("itemId")?.removingPercentEncoding, !text.isEmpty else { throw Problem(code: .notFound) }
        return text
    }

    private func identifier<Named>(_ name: String) throws(Problem) -> Identifier<Named> {
        guard let text = parameters.get(name), let id = Identifier<Named>(text) else { throw Problem(code: .notFound) }
        return id
    }

    /// The token as it stands in the path; it may be anything.
    ///
    /// The router also matches paths with doubled or final slashes; a token has one spelling, so those hold none.
    func tokenText(in request: Request) -> String {
        let path = request.uri.path
        guard !path.contains("//"), !path.hasSuffix("/") else { return "" }
        return parameters.get("token") ?? ""
    }
}

extension Request {
    /// The owner that a service acts for: `On-Behalf-Of: user:<id>` or `company-user:<id>`.
    func onBehalfOf() throws(Problem) -> Subject? {
        guard let text = headers[.onBehalfOf] else { return nil }
        guard let subject = Subject(text) else {
            throw Problem(code: .malformedRequest, detail: "On-Behalf-Of names a person: user:<id> or company-user:<id>.")
        }
        return subject
    }

    /// A query parameter's decoded text; given twice is refused, since two readers could take different ones.
    func parameter(_ name: String) throws(Problem) -> String? {
        guard uri.query != nil else { return nil }
        let values = uri.queryParameters[values: Substring(name)]
        guard values.count <= 1 else { throw Problem(code: .malformedRequest, detail: "The parameter \(name) is given more than once.") }
        return values.first.map { String($0) }
    }

    /// A parameter that `parse` understands, nil where it is absent.
    func parameter<Value>(_ name: String, _ parse: (String) -> Value?) throws(Problem) -> Value? {
        guard let text = try parameter(name) else { return nil }
        guard let value = parse(text) else {
            throw Problem(code: .malformedRequest, detail: "The parameter \(name) has the wrong form.")
        }
        return value
    }

    /// Refuses parameters that a search doesn't know: a misspelt one would find everything.
    func refuseParameters(but known: Set<String>) throws(Problem) {
        guard uri.query != nil, uri.queryParameters.contains(where: { !known.contains(String($0.key)) }) else { return }
        throw Problem(code: .malformedRequest, detail: "The parameters here are \(known.sorted().joined(separator: ", ")).")
    }

    /// `limit` between 1 and `most`.
    func limit(standard: Int, most: Int) throws(Problem) -> Int {
        try parameter("limit") { Int($0).flatMap { (1...most).contains($0) ? $0 : nil } } ?? standard
    }
}
