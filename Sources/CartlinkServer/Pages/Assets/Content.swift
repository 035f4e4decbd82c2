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
        self.init(bytes, type: type, compression: compression, eTag: "\"\(Hex.text(of: SHA256Digest.of(bytes).prefix(16)))\"")
    }

    /// Content whose hash is known.
    init(_ bytes: [UInt8], type: String, compression: Compression, eTag: String) {
        self.bytes = bytes
        self.type = type
        self.compression = compression
        self.eTag = eTag
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
    fileprivate var compressedTag: String { Self.compressedTag(of: eTag) }

    static func compressedTag(of eTag: String) -> String { "\(eTag.dropLast()).gz\"" }
}

extension Answer {
    /// The content, or what the request's conditions make of it: 304, a part, 416; compressed where both sides want that.
    static func content(_ content: Content, status: HTTPResponse.Status = .ok, headers: HTTPFields, for request: Request) -> Response {
        rendered(content, status: status, headers: headers, for: ContentWishes(request)).response
    }

    static func rendered(
        _ content: Content,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields,
        for wishes: ContentWishes
    ) -> RenderedAnswer {
        var fields = headers
        if content.hasTwoEncodings { fields[.vary] = (fields[.vary].map { "\($0), " } ?? "") + "Accept-Encoding" }
        // Errors have neither parts nor tags; they may still be compressed.
        guard status == .ok else { return whole(content, status: status, fields, for: wishes) }
        fields[.acceptRanges] = "bytes"
        if let known = wishes.known(of: content.eTag) {
            fields[.eTag] = known
            return RenderedAnswer(status: .notModified, headers: fields)
        }
        switch wishes.range(of: content) {
        case .whole:
            fields[.eTag] = content.eTag
            return whole(content, status: .ok, fields, for: wishes)
        case .part(let part):
            // A part is one of the plain bytes: who asks for one, as Slack does, wants to read it.
            fields[.eTag] = content.eTag
            fields[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(content.bytes.count)"
            return RenderedAnswer(Array(content.bytes[part]), type: content.type, status: .partialContent, headers: fields)
        case .unsatisfiable:
            fields[.contentRange] = "bytes */\(content.bytes.count)"
            return RenderedAnswer(status: .rangeNotSatisfiable, headers: fields)
        }
    }

    private static func whole(
        _ content: Content,
        status: HTTPResponse.Status,
        _ headers: HTTPFields,
        for wishes: ContentWishes
    ) -> RenderedAnswer {
        guard content.hasTwoEncodings, wishes.takesGzip, let compressed = content.compressed else {
            return RenderedAnswer(content.bytes, type: content.type, status: status, headers: headers)
        }
        var fields = headers
        if fields[.eTag] != nil { fields[.eTag] = content.compressedTag }
        fields[.contentEncoding] = "gzip"
        return RenderedAnswer(compressed, type: content.type, status: status, headers: fields)
    }
}
