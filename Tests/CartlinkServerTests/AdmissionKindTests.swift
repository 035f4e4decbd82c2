// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import CartlinkServer

struct AdmissionKindTests {
    static let kinds: [(HTTPRequest.Method, String, HTTPFields, Admission.Kind)] = [
        (.get, "/v1/shared/x", [:], .views), (.head, "/s/x", [.cookie: "a=b"], .views), (.get, "/health", [:], .views),
        (.get, "/health/live", [:], .probes), (.get, "/health/ready", [:], .probes), (.get, "/health/live/x", [:], .views),
        (.get, "/v1/carts/c", [.authorization: "Bearer x"], .members), (.get, "/s/x", [.cookie: "a=b; shop_login=c"], .members),
        (.options, "/v1/links/l", [:], .endings), (.patch, "/glue/shared-carts/1", [.contentLength: "9"], .endings),
        (.post, "/v1/shared/x/accept", [.transferEncoding: "chunked"], .forms),
        (.post, "/v1/carts/c/links", [.contentLength: "100"], .changes),
        (.patch, "/v1/carts/c/items/1", [.contentLength: "9"], .changes), (.patch, "/v1/links/l", [.contentLength: "9"], .endings),
        (.patch, "/v1/grants/g", [.contentLength: "9"], .endings), (.delete, "/v1/links/l", [:], .endings),
        (.delete, "/glue/shared-carts/1", [:], .endings), (.post, "/s/x/seen", [:], .changes),
        (.post, "/s/x/seen", [.transferEncoding: "chunked"], .forms),
        (.post, "/s/x/accept", [.contentLength: "9000"], .forms),
        (.put, "/v1/carts/c", [.authorization: "Bearer x", .contentLength: "9000"], .uploads),
        (.put, "/v1/carts/c", [.authorization: "Bearer x", .transferEncoding: "chunked"], .uploads),
        (.put, "/v1/carts/c", [.authorization: "Bearer x", .contentLength: "x"], .uploads),
    ]

    @Test(arguments: kinds)
    func requestsWaitWithTheirKind(method: HTTPRequest.Method, path: String, headers: HTTPFields, kind: Admission.Kind) {
        let head = HTTPRequest(method: method, scheme: nil, authority: "a", path: path, headerFields: headers)
        let admission = Admission(AdmissionLimits(), origins: [], loginCookie: "shop_login", now: { SettableClock.start })
        #expect(admission.kind(of: head) == kind)
    }
}
