// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

extension UpstreamAnswer {
    /// The body of a 200 as a JSON object within the limits that documents have here.
    func document() throws(SourceError) -> JSONObject {
        guard status == 200 else { throw unexpected }
        guard isJSON else { throw .unavailable(cause: "answered something else than JSON") }
        do {
            return try JSONObject(validating: body)
        } catch {
            throw .unavailable(cause: "answered no JSON object, or one that is too large or too deep")
        }
    }

    /// Whether a platform that works wouldn't answer so. A cart that is too large or too deep is the cart's fault.
    var isUnusable: Bool {
        guard isJSON else { return true }
        do {
            _ = try JSONObject(validating: body)
            return false
        } catch {
            return ![.tooLarge, .tooDeep].contains(error.reason)
        }
    }

    /// The body as JSON, where it is that; for the codes of errors.
    var node: JSONNode? {
        guard isJSON, (try? JSONObject(validating: body)) != nil else { return nil }
        return JSONNode(body)
    }

    var unexpected: SourceError { .unavailable(cause: "answered \(status)") }
}
