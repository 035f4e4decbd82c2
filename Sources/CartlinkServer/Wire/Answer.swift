// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

/// The answers that routes give.
///
/// Headers are sent in the order in which they were added: an order by chance would depend on what else is in memory, and tell of it.
enum Answer {
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        bytes(json.text, type: "application/json", status: status, headers: headers)
    }

    static func bytes(
        _ bytes: [UInt8],
        type: String,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        RenderedAnswer(bytes, type: type, status: status, headers: headers).response
    }

    static var noContent: Response { Response(status: .noContent) }

    /// The answer, or 304 where the client has those bytes already (RFC 9110 section 13.1.2).
    ///
    /// The entity tag is a hash of the bytes sent, so it tells nothing of what was withheld.
    static func conditional(_ bytes: [UInt8], type: String, headers: HTTPFields, for request: Request) -> Response {
        let eTag = Content(bytes, type: type).eTag
        var fields = headers
        fields[.eTag] = eTag
        guard request.headers[values: .ifNoneMatch].joined(separator: ",").namesTag(eTag) else {
            return Self.bytes(bytes, type: type, headers: fields)
        }
        return Response(status: .notModified, headers: fields)
    }
}

extension HTTPFields {
    /// These fields, with those of `others` in place of the ones of the same name or behind them.
    func replacing(with others: HTTPFields) -> HTTPFields {
        var fields = self
        for other in others { fields[other.name] = other.value }
        return fields
    }
}

extension String {
    /// Whether a list of entity tags names `eTag`, compared weakly.
    func namesTag(_ eTag: String) -> Bool {
        split(separator: ",").contains { part in
            let text = String(part).trimmingSpaces()
            return text == "*" || text == eTag || text == "W/" + eTag
        }
    }
}

extension HTTPField.Name {
    static let sunset = HTTPField.Name("Sunset")!
    static let onBehalfOf = HTTPField.Name("On-Behalf-Of")!
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let robotsTag = HTTPField.Name("X-Robots-Tag")!
    static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
}
