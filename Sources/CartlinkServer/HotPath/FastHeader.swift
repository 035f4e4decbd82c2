// SPDX-License-Identifier: Apache-2.0

/// The headers that matter to the fast path.
enum FastHeader {
    case host, connection, cookie, ifNoneMatch, acceptEncoding, acceptLanguage, userAgent
    /// A request with one of these is answered by the router.
    case routers

    /// Nil for every other header. By length first: most headers are none of these.
    init?(_ name: String) {
        let known: [(StaticString, FastHeader)]
        switch name.utf8.count {
        case 4: known = Self.four
        case 5: known = Self.five
        case 6: known = Self.six
        case 7: known = Self.seven
        case 8: known = Self.eight
        case 9: known = Self.nine
        case 10: known = Self.ten
        case 11: known = Self.eleven
        case 13: known = Self.thirteen
        case 14: known = Self.fourteen
        case 15: known = Self.fifteen
        case 16: known = Self.sixteen
        case 17: known = Self.seventeen
        default: return nil
        }
        guard let header = known.first(where: { Self.isSame(name, $0.0) }) else { return nil }
        self = header.1
    }

    private static let four: [(StaticString, FastHeader)] = [("host", .host)]
    private static let five: [(StaticString, FastHeader)] = [("range", .routers), ("x-moz", .routers)]
    private static let six: [(StaticString, FastHeader)] = [("cookie", .cookie), ("origin", .routers), ("expect", .routers)]
    private static let seven: [(StaticString, FastHeader)] = [("upgrade", .routers), ("purpose", .routers)]
    private static let eight: [(StaticString, FastHeader)] = [("if-range", .routers)]
    private static let nine: [(StaticString, FastHeader)] = [("x-purpose", .routers)]
    private static let ten: [(StaticString, FastHeader)] = [("user-agent", .userAgent), ("connection", .connection)]
    private static let eleven: [(StaticString, FastHeader)] = [("sec-purpose", .routers)]
    private static let thirteen: [(StaticString, FastHeader)] = [("authorization", .routers), ("if-none-match", .ifNoneMatch)]
    private static let fourteen: [(StaticString, FastHeader)] = [("content-length", .routers)]
    private static let fifteen: [(StaticString, FastHeader)] = [("accept-encoding", .acceptEncoding), ("accept-language", .acceptLanguage)]
    /// The decoder takes it for `Connection`, and reads nothing behind a request that says `close`.
    private static let sixteen: [(StaticString, FastHeader)] = [("proxy-connection", .connection)]
    private static let seventeen: [(StaticString, FastHeader)] = [("transfer-encoding", .routers)]

    /// Whether two texts of the same length differ in case at most; `lower` holds small letters and hyphens.
    static func isSame(_ text: String, _ lower: StaticString) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            lower.withUTF8Buffer { lower in zip(bytes, lower).allSatisfy { $0 | 0x20 == $1 } }
        } ?? false
    }
}
