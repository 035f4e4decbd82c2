// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import ShareLinks
import Synchronization

/// What strangers get of a link, worked out once: the route answers from it, and so does the fast path.
///
/// Nothing in it is for one person: whoever holds the link gets these bytes.
final class HeldAnswer: Sendable {
    let eTag: String
    private let gzipTag: String
    private let type: String
    private let headers: HTTPFields
    private let path: String
    private let forms: Mutex<Forms>

    private struct Forms {
        var plain: WireAnswer
        /// Made when first asked for.
        var gzip: WireAnswer?
        var notModified: WireAnswer?
        var gzipNotModified: WireAnswer?
    }

    /// - Parameters:
    ///   - headers: what the route adds to those of the content.
    ///   - path: where the answer is given, for what the listener adds there.
    init(_ content: Content, headers: HTTPFields, path: String, date: HTTPDate) {
        eTag = content.eTag
        gzipTag = Content.compressedTag(of: eTag)
        type = content.type
        self.headers = headers
        self.path = path
        let plain = Answer.rendered(content, headers: headers, for: ContentWishes())
        forms = Mutex(Forms(plain: plain.wire(for: path, date: date)))
    }

    /// As the router sends it, for whatever a request asks of it.
    func rendered(for wishes: ContentWishes) -> RenderedAnswer {
        Answer.rendered(content(compressed: wishes.takesGzip), headers: headers, for: wishes)
    }

    /// What goes straight to the wire; nil where that has not been made yet, or is the router's to make.
    func sent(for wishes: ContentWishes, headOnly: Bool, at date: HTTPDate) -> (bytes: ByteBuffer, isNotModified: Bool)? {
        guard wishes.range == nil, wishes.ifRange == nil else { return nil }
        if let known = known(to: wishes) {
            let isPlain = known == eTag
            return forms.withLock { forms in
                if isPlain { return forms.notModified?.sent(at: date, headOnly: true) }
                return forms.gzipNotModified?.sent(at: date, headOnly: true)
            }.map { ($0, true) }
        }
        return forms.withLock { forms in
            wishes.takesGzip ? forms.gzip?.sent(at: date, headOnly: headOnly) : forms.plain.sent(at: date, headOnly: headOnly)
        }.map { ($0, false) }
    }

    /// The tag that a request knows. Nearly always it names one, as it was sent; a list or a weak one is read like the router does.
    private func known(to wishes: ContentWishes) -> String? {
        if wishes.known.isEmpty { return nil }
        return [eTag, gzipTag].first { $0 == wishes.known } ?? wishes.known(of: eTag)
    }

    /// Makes the form that these wishes ask for, so that the next one who asks needs no router; says whether it takes more memory now.
    func prepare(for wishes: ContentWishes, date: HTTPDate) -> Bool {
        guard wishes.range == nil, wishes.ifRange == nil else { return false }
        let known = wishes.known(of: eTag)
        let isThere = forms.withLock { forms in
            switch known {
            case nil: !wishes.takesGzip || forms.gzip != nil
            case eTag?: forms.notModified != nil
            case _?: forms.gzipNotModified != nil
            }
        }
        guard !isThere else { return false }
        let wire = rendered(for: wishes).wire(for: path, date: date)
        forms.withLock { forms in
            switch known {
            case nil: forms.gzip = wire
            case eTag?: forms.notModified = wire
            case _?: forms.gzipNotModified = wire
            }
        }
        return true
    }

    /// What it takes of memory, in bytes.
    var size: Int {
        forms.withLock { forms in
            forms.plain.memory + [forms.gzip, forms.notModified, forms.gzipNotModified].reduce(0) { $0 + ($1?.memory ?? 0) }
        } + headers.count * 96 + 512
    }

    private func content(compressed: Bool) -> Content {
        let (plain, gzip) = forms.withLock { ($0.plain.body, compressed ? $0.gzip?.body : nil) }
        let compression = gzip.map { Content.Compression.done(Array(buffer: $0)) } ?? .onDemand
        return Content(Array(buffer: plain), type: type, compression: compression, eTag: eTag)
    }
}
