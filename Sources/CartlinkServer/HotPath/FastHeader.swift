// SPDX-License-Identifier: Apache-2.0

/// The headers that matter to the fast path.
enum FastHeader {
    case host, connection, cookie, ifNoneMatch, acceptEncoding, acceptLanguage, userAgent
    /// A request with one of these is answered by the router.
    case routers

    /// Nil for every other header. By length first: most headers are none of these.
    init?(_ name: String) {
        let length = name.utf8.count
        guard length < Self.byLength.count, let known = Self.byLength[length].first(where: { Self.isSame(name, $0.name) }) else {
            return nil
        }
        self = known.header
    }

    private static let known: [(name: StaticString, header: FastHeader)] = [
        ("host", .host), ("connection", .connection), ("cookie", .cookie), ("if-none-match", .ifNoneMatch),
        ("accept-encoding", .acceptEncoding), ("accept-language", .acceptLanguage), ("user-agent", .userAgent),
        // The decoder takes it for `Connection`, and reads nothing behind a request that says `close`.
        ("proxy-connection", .connection),
        ("authorization", .routers), ("content-length", .routers), ("expect", .routers), ("if-range", .routers), ("origin", .routers),
        ("purpose", .routers), ("range", .routers), ("sec-purpose", .routers), ("transfer-encoding", .routers), ("upgrade", .routers),
        ("x-moz", .routers), ("x-purpose", .routers),
    ]

    private static let byLength: [[(name: StaticString, header: FastHeader)]] = {
        let longest = known.map(\.name.utf8CodeUnitCount).max() ?? 0
        return (0...longest).map { length in known.filter { $0.name.utf8CodeUnitCount == length } }
    }()

    /// Whether two texts of the same length differ in case at most; `lower` holds small letters and hyphens.
    static func isSame(_ text: String, _ lower: StaticString) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            lower.withUTF8Buffer { lower in zip(bytes, lower).allSatisfy { $0 | 0x20 == $1 } }
        } ?? false
    }
}
