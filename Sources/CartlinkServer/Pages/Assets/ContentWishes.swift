// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// What a request wants of some content: which bytes, in which coding, and which it has already.
struct ContentWishes: Sendable {
    /// The headers `If-None-Match`, as one list of tags.
    var known = ""
    /// `Range`, where the method knows parts.
    var range: String?
    var ifRange: String?
    var takesGzip = false

    /// The content's tag that the request knows: of the plain bytes or of the compressed ones (RFC 9110 section 13.1.2).
    func known(of eTag: String) -> String? {
        guard !known.isEmpty else { return nil }
        return [eTag, Content.compressedTag(of: eTag)].first { known.namesTag($0) }
    }

    func range(of content: Content) -> ByteRange {
        guard ifRange.map({ $0 == content.eTag }) ?? true else { return .whole }
        return ByteRange(range, of: content.bytes.count)
    }
}

extension ContentWishes {
    init(_ request: Request) {
        known = request.headers[values: .ifNoneMatch].joined(separator: ",")
        if request.method == .get { range = request.headers[.range] }
        ifRange = request.headers[.ifRange]
        takesGzip = Gzip.isTaken(by: request.headers[values: .acceptEncoding].joined(separator: ","))
    }
}
