// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing

@testable import Webhooks

@Suite struct EndpointTests {
    /// The example that the libraries of Standard Webhooks are tested with, and computed once more by Python's hmac.
    @Test func signaturesAreThoseOfStandardWebhooks() throws {
        let secret = try WebhookSecret(fileContents: Array("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n".utf8))
        let message = Self.message(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: #"{"test": 2432232314}"#)
        let moment = Timestamp(milliseconds: 1_614_265_330_999)
        #expect(secret.signature(of: message, at: moment) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect("\(secret)".contains("PreparedHMAC") && !String(reflecting: secret).contains("SHA256"))
    }

    static func message(id: String = "msg_1", body: String = "{}") -> Message {
        Message(
            id: id,
            webhook: WebhookID(url: "https://a"),
            kind: .cartChanged,
            link: nil,
            cart: CartID("cart-1")!,
            thread: "cart cart-1",
            createdAt: Timestamp(seconds: 1_800_000_000),
            body: body,
            isReplaceable: true
        )
    }

    @Test(
        arguments: [
            (200, nil, .delivered), (204, nil, .delivered), (299, nil, .delivered), (301, nil, .failed(.redirected)),
            (304, nil, .failed(.redirected)), (308, nil, .failed(.redirected)), (400, "5", .failed(.answered(400))),
            (404, nil, .failed(.answered(404))), (410, nil, .failed(.gone)), (429, "7", .failed(.answered(429), retryAfter: 7)),
            (503, "120", .failed(.answered(503), retryAfter: 120)), (503, "-1", .failed(.answered(503))),
            (503, "soon", .failed(.answered(503))),
            (503, "Fri, 15 Jan 2027 08:01:00 GMT", .failed(.answered(503), retryAfter: 60)),
            (503, "Fri, 15 Jan 2027 07:00:00 GMT", .failed(.answered(503), retryAfter: 0)), (500, "9", .failed(.answered(500))),
        ] as [(Int, String?, Attempt.Outcome)]
    )
    func aStatusSaysWhatCameOfIt(status: Int, retryAfter: String?, outcome: Attempt.Outcome) {
        // 2027-01-15T08:00:00Z
        #expect(Attempt.Outcome(status: status, retryAfter: retryAfter, at: Timestamp(seconds: 1_800_000_000)) == outcome)
    }
}
