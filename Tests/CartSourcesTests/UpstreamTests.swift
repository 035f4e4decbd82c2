// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import OutgoingHTTP
import OutgoingHTTPSupport
import ShareLinks
import Testing

@testable import CartSources

/// What is sent, and what is taken for an answer.
@Suite struct UpstreamTests {
    @Test func aRequestSaysWhatItIsAndNothingElse() async throws {
        let platform = try Platform(
            await ScriptedHost(
                .answers(200, headers: [("set-cookie", "a=b"), ("content-type", "application/vnd.api+json; charset=utf-8")], body: "{}")
            ),
            path: "/shop/",
            headers: SecretHeaders([("x-key", "s3cret")])
        )
        let id = try #require(PathSegment.encoded("a/b é"))
        let request = UpstreamRequest(.post, path: "carts/\(id)", query: [("q", "1&2")], body: Array("{}".utf8), isIdempotent: true)
        let answer = try await platform.upstream.send(request)
        #expect(answer.status == 200 && answer.isJSON && answer.body == Array("{}".utf8))
        _ = try await platform.upstream.send(request)
        for sent in platform.host.requests {
            #expect(sent.head.method == .POST && sent.head.uri == "/shop/carts/a%2Fb%20%C3%A9?q=1%262" && sent.body == "{}")
            #expect(sent.head.headers.first(name: "host") == "platform.invalid:\(platform.host.port)")
            #expect(sent.head.headers["user-agent"] == ["Cartlink"] && sent.head.headers["accept"] == ["application/json"])
            #expect(sent.head.headers["accept-encoding"] == ["identity"] && sent.head.headers["x-key"] == ["s3cret"])
            #expect(!sent.head.headers.contains(name: "cookie"))
        }
        #expect(platform.host.connections == 1, "a connection is used again")
        try await platform.close()
    }

    @Test(
        arguments: [("", nil), (".", nil), ("..", nil), ("a.b~_-9", "a.b~_-9"), ("../x", "..%2Fx"), ("a%2F?#", "a%252F%3F%23")]
            as [(String, String?)]
    )
    func anIdIsOneSegment(id: String, segment: String?) {
        #expect(PathSegment.encoded(id) == segment)
    }

    @Test func nothingPrintsSecrets() {
        let headers = SecretHeaders([("x-key", "s3cret")])
        let request = UpstreamRequest(.get, path: "carts/s3cret", headers: [("a", "s3cret")], isIdempotent: true)
        var dumped = "\(headers) \(request) " + String(reflecting: headers) + String(reflecting: request)
        dump(headers, to: &dumped)
        dump(request, to: &dumped)
        #expect(!dumped.contains("s3cret"))
    }

    @Test(arguments: [200, 204, 400, 401, 404, 409, 422])
    func theSourcesJudgeWhatWasAnswered(status: Int) async throws {
        let platform = try Platform(await ScriptedHost(.answers(status)))
        #expect(await platform.write() == .success(status))
        try await platform.close()
    }

    @Test func aRedirectIsRefused() async throws {
        let elsewhere = try await ScriptedHost(.answers(200))
        let target = "http://127.0.0.1:\(elsewhere.port)/"
        let platform = try Platform(await ScriptedHost(.answers(302, headers: [("location", target)])))
        #expect(await platform.read() == .unavailable("answered 302"))
        #expect(await platform.write() == .unknown("answered 302"), "many answer a form with a redirect once it is done")
        #expect(elsewhere.requests.isEmpty && platform.host.requests.count == 2)
        try await elsewhere.close()
        try await platform.close()
    }

    @Test func anEncodedBodyIsRefused() async throws {
        let platform = try Platform(await ScriptedHost(.answers(200, headers: [("content-encoding", "gzip")], body: "x")))
        #expect(await platform.read() == .unavailable("body encoded"))
        try await platform.close()
    }

    @Test(arguments: [true, false])
    func aLargeBodyIsRefusedEarly(isAnnounced: Bool) async throws {
        let platform = try Platform(await ScriptedHost(.pours(bytes: 50 << 20, announces: isAnnounced)))
        #expect(await platform.read() == .unavailable("body larger than 4 MiB"))
        #expect(platform.host.requests.count == 1, "it would be as large again")
        try await Task.sleep(for: .milliseconds(50))
        #expect(platform.host.bytesTaken < 20 << 20)
        try await platform.close()
    }

    @Test func aBodyOfFourMebibytesIsTaken() async throws {
        let platform = try Platform(await ScriptedHost(.pours(bytes: 4 << 20, announces: false)))
        let answer = try await platform.upstream.send(UpstreamRequest(.get, path: "c", isIdempotent: true))
        #expect(answer.body.count == 4 << 20)
        try await platform.close()
    }

    @Test func aBodyThatDripsIsCutOff() async throws {
        let platform = try Platform(await ScriptedHost(.drips(every: .milliseconds(20))), limits: .within(400))
        let begun = ContinuousClock.now
        #expect(await platform.read() == .unavailable("no answer in 400 ms"))
        // Without a limit it would drip for ever.
        #expect((.milliseconds(400)..<(.seconds(10))).contains(.now - begun))
        #expect(await platform.write() == .unknown("no answer in 400 ms"))
        try await platform.close()
    }

    @Test func theLimitsAreThoseThatArePromised() {
        let limits = UpstreamLimits()
        #expect(limits.whole == .seconds(5) && limits.mostBytes == 4_194_304 && limits.connections == 16 && limits.retries == 2)
        #expect(limits.failures == 5 && limits.rest == .seconds(10))
        #expect(UpstreamFault.outOfTime(wasSent: true).cause(limits) == "no answer in 5 s")
    }
}
