// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore

/// An answer whose bytes are known, for the router or straight for the wire.
struct RenderedAnswer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    /// Nil for an answer that has none by its status.
    let body: ByteBuffer?

    init(status: HTTPResponse.Status, headers: HTTPFields) {
        self.status = status
        self.headers = headers
        body = nil
    }

    init(_ bytes: [UInt8], type: String, status: HTTPResponse.Status, headers: HTTPFields) {
        self.status = status
        let fields: HTTPFields = [.contentType: type]
        self.headers = fields.replacing(with: headers)
        body = ByteBuffer(bytes: bytes)
    }

    /// As the router sends it.
    var response: Response {
        Response(status: status, headers: headers, body: body.map(ResponseBody.init(byteBuffer:)) ?? ResponseBody())
    }
}
