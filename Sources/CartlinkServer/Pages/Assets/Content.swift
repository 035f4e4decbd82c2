// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import ShareLinks

/// Bytes to send, in one or two encodings.
struct Content: Sendable {
    let bytes: [UInt8]
    let type: String
    let compression: Compression
    /// A hash of the bytes, so it tells nothing that they don't.
    let eTag: String

    /// Compressing something secret beside something that an attacker chooses tells the secret by its length (BREACH). Nothing of a
    /// request is ever reflected in what we send; still, nothing that depends on a login is compressed.
    enum Compression: Sendable {
        case never
        /// Anew for each answer that wants it.
        case onDemand
        /// Once, for files that don't change.
        case done([UInt8])
    }

    init(_ bytes: [UInt8], type: String, compression: Compression = .never) {
        self.bytes = bytes
        self.type = type
        self.compression = compression
        eTag = "\"\(Hex.text(of: SHA256Digest.of(bytes).prefix(16)))\""
    }

    /// A text that doesn't change.
    static func text(_ bytes: [UInt8], type: String) -> Content {
        Content(bytes, type: "\(type); charset=utf-8", compression: Gzip.compressed(bytes, effort: 9).map(Compression.done) ?? .never)
    }

    fileprivate var hasTwoEncodings: Bool {
        if case .never = compression { false } else { true }
    }

    fileprivate var compressed: [UInt8]? {
        switch compression {
        case .never: nil
        case .onDemand: Gzip.compressed(bytes)
        case .done(let bytes): bytes
        }
    }

    /// Two encodings are two representations: each has a tag of its own.
    fileprivate var compressedTag: String { "\(eTag.dropLast()).gz\"" }
}

extension Answer {
    /// The content, or what the request's conditions make of it: 304, a part, 416; compressed where both sides want that.
    static func content(_ content: Content, status: HTTPResponse.Status = .ok, headers: HTTPFields, for request: Request) -> Response {
        var fields = headers
        if content.hasTwoEncodings { fields[.vary] = (fields[.vary].map { "\($0), " } ?? "") + "Accept-Encoding" }
        // Errors have neither parts nor tags; they may still be compressed.
        guard status == .ok else { return whole(content, status: status, fields, for: request) }
        fields[.acceptRanges] = "bytes"
        let known = request.headers[values: .ifNoneMatch].joined(separator: ",")
        for tag in [content.eTag, content.compressedTag] where known.namesTag(tag) {
            fields[.eTag] = tag
            return Response(status: .notModified, headers: fields)
        }
        let isCurrent = request.headers[.ifRange].map { $0 == content.eTag } ?? true
        let range = request.method == .get && isCurrent ? ByteRange(request.headers[.range], of: content.bytes.count) : .whole
        switch range {
        case .whole:
            fields[.eTag] = content.eTag
            return whole(content, status: .ok, fields, for: request)
        case .part(let part):
            // A part is one of the plain bytes: who asks for one, as Slack does, wants to read it.
            fields[.eTag] = content.eTag
            fields[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(content.bytes.count)"
            return bytes(Array(content.bytes[part]), type: content.type, status: .partialContent, headers: fields)
        case .unsatisfiable:
            fields[.contentRange] = "bytes */\(content.bytes.count)"
            return Response(status: .rangeNotSatisfiable, headers: fields)
        }
    }

    private static func whole(
        _ content: Content,
        status: HTTPResponse.Status,
        _ headers: HTTPFields,
        for request: Request
    ) -> Response {
        guard content.hasTwoEncodings, request.acceptsGzip, let compressed = content.compressed else {
            return bytes(content.bytes, type: content.type, status: status, headers: headers)
        }
        var fields = headers
        if fields[.eTag] != nil { fields[.eTag] = content.compressedTag }
        fields[.contentEncoding] = "gzip"
        return bytes(compressed, type: content.type, status: status, headers: fields)
    }
}
