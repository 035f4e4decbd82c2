// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1
import ShareLinks

/// A request that the fast path can answer: a stranger's, for a link's view or page, who wants the whole of it.
struct FastRequest {
    let token: Token
    let name: AnswerName
    let isHead: Bool
    let wishes: ContentWishes
    /// Of a page: whether it is for no person.
    let isRobot: Bool

    /// Nil for whatever is the router's: it refuses what is wrong, too.
    ///
    /// - Parameter loginCookie: who sends it may be someone, and is no stranger.
    init?(_ head: HTTPRequestHead, loginCookie: String?, limits: ConnectionLimits, memory: LoopMemory) {
        guard head.method == .GET || head.method == .HEAD, head.version == .http1_1 else { return nil }
        guard let (token, isPage) = Self.read(head.uri) else { return nil }
        guard let headers = FastHeaders(head.headers, loginCookie: loginCookie, limits: limits) else { return nil }
        self.token = token
        isHead = head.method == .HEAD
        var wishes = ContentWishes()
        if let known = headers.ifNoneMatch { wishes.known = known }
        if let codings = headers.acceptEncoding { wishes.takesGzip = memory.takesGzip(codings) }
        self.wishes = wishes
        if isPage {
            name = AnswerName(link: token.id, form: .page(locale: headers.acceptLanguage.flatMap(memory.locale(wishedBy:))))
            isRobot = isHead || memory.isRobot(agent: headers.userAgent ?? "")
        } else {
            name = AnswerName(link: token.id, form: .view)
            isRobot = false
        }
    }

    /// The token in `/v1/shared/{token}` or `/s/{token}`, and which of both it is.
    private static func read(_ path: String) -> (token: Token, isPage: Bool)? {
        path.utf8.withContiguousStorageIfAvailable { bytes -> (Token, Bool)? in
            let bytes = UnsafeRawBufferPointer(bytes)
            for (prefix, isPage) in [(viewPrefix, false), (pagePrefix, true)] where bytes.count == prefix.utf8CodeUnitCount + Token.length {
                let start = prefix.utf8CodeUnitCount
                guard prefix.withUTF8Buffer({ $0.elementsEqual(bytes[..<start]) }) else { continue }
                return Token(utf8: UnsafeRawBufferPointer(rebasing: bytes[start...])).map { ($0, isPage) }
            }
            return nil
        } ?? nil
    }

    private static let viewPrefix: StaticString = "/v1/shared/"
    private static let pagePrefix: StaticString = "/s/"
    static let viewPath = "\(viewPrefix)"
    static let pagePath = "\(pagePrefix)"
}
