// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdCore
import NIOCore

/// A problem as it goes out straight from the connection, with the headers that every answer bears. Also for a page: in a flood a
/// text is all that there is time for.
struct RefusalAnswer {
    let head: HTTPResponse
    let body: ByteBuffer

    /// - Parameter origins: whose pages may read it.
    init(_ problem: Problem, to request: HTTPRequest, origins: Set<String>) {
        let path = request.path ?? ""
        let rendered = path.hasPrefix("/glue/") ? problem.renderedForGlue : problem.rendered(requestID: RequestName.fresh())
        var response = rendered.response
        SecurityHeaders.complete(&response.headers)
        if CrossOrigin.concerns(path) {
            CrossOrigin.vary(&response.headers)
            if let origin = CrossOrigin.allowed(request.headerFields, by: origins) {
                response.headers[.accessControlAllowOrigin] = origin
                response.headers[.accessControlExposeHeaders] = "Retry-After"
            }
        }
        head = response.head
        body = rendered.body ?? ByteBuffer()
    }
}

extension Problem {
    fileprivate var renderedForGlue: RenderedAnswer {
        RenderedAnswer(GlueRefusal(GlueError(self)).body, type: GlueVisit.mediaType, status: code.status, headers: headers)
    }
}
