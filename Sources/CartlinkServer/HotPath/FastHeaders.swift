// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// The headers of a request that the fast path may answer: those that choose the answer, and none that makes it the router's.
struct FastHeaders {
    private(set) var ifNoneMatch: String?
    private(set) var acceptEncoding: String?
    private(set) var acceptLanguage: String?
    private(set) var userAgent: String?

    /// Nil where a header asks for more than the whole of what strangers get, says who asks, announces a body, comes twice where it
    /// counts, or is longer than may be.
    init?(_ headers: HTTPHeaders, loginCookie: String?, limits: ConnectionLimits) {
        var hosts = 0
        for (name, value) in headers {
            guard name.utf8.count + value.utf8.count <= limits.longestLine else { return nil }
            switch FastHeader(name) {
            case nil: break
            case .host: hosts += 1
            case .routers: return nil
            case .connection: guard value.utf8.count == 10, FastHeader.isSame(value, "keep-alive") else { return nil }
            case .cookie: if let loginCookie, LoginCookie.mayStand(loginCookie, in: value) { return nil }
            case .ifNoneMatch: guard Self.take(value, as: &ifNoneMatch) else { return nil }
            case .acceptEncoding: guard Self.take(value, as: &acceptEncoding) else { return nil }
            case .acceptLanguage: guard Self.take(value, as: &acceptLanguage) else { return nil }
            case .userAgent: guard Self.take(value, as: &userAgent) else { return nil }
            }
        }
        guard hosts == 1 else { return nil }
    }

    private static func take(_ value: String, as header: inout String?) -> Bool {
        guard header == nil, value.utf8.count <= LoopMemory.longestHeader else { return false }
        header = value
        return true
    }
}
