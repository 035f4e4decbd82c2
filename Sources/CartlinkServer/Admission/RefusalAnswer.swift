// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore

/// A problem as it goes out straight from the connection, with the headers that every answer bears. Also for a page: in a flood a
/// text is all that there is time for.
struct RefusalAnswer {
    let head: HTTPResponse
    let body: [UInt8]

    /// - Parameter origins: whose pages may read it.
    init(_ problem: Problem, to request: HTTPRequest, origins: Set<Origin>) {
        let path = request.path ?? ""
        var fields = problem.headers
        if path.hasPrefix("/glue/") {
            body = GlueRefusal(GlueError(problem)).body
            fields[.contentType] = GlueVisit.mediaType
        } else {
            body = problem.body(requestID: RequestName.fresh())
            fields[.contentType] = "application/problem+json"
        }
        fields[.contentLength] = String(body.count)
        fields[.cacheControl] = "no-store"
        for (name, value) in SecurityHeaders.always { fields[name] = value }
        if path.hasPrefix("/v1/") {
            fields[.vary] = "Origin"
            if let text = request.headerFields[.origin], let origin = Origin(text), origin.text == text, origins.contains(origin) {
                fields[.accessControlAllowOrigin] = origin.text
                fields[.accessControlExposeHeaders] = "Retry-After"
            }
        }
        head = HTTPResponse(status: problem.code.status, headerFields: fields)
    }
}
