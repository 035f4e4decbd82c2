// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import Testing

@testable import CartlinkServer

struct ContentAnswerTests {
    private let text = Array(String(repeating: "a cart, ", count: 100).utf8)

    private func answer(
        _ asked: HTTPFields = [:],
        _ method: HTTPRequest.Method = .get,
        status: HTTPResponse.Status = .ok,
        compression: Content.Compression = .onDemand
    ) -> Response {
        Answer.content(
            Content(text, type: "text/css", compression: compression),
            status: status,
            headers: [.vary: "Cookie"],
            for: Request(method, headers: asked)
        )
    }

    @Test func whoTakesGzipGetsGzip() {
        let plain = answer()
        let gzip = answer([.acceptEncoding: "br, gzip"])
        #expect(plain.headers[.contentEncoding] == nil && plain.body.contentLength == 800)
        #expect(gzip.headers[.contentEncoding] == "gzip" && gzip.body.contentLength! < 100)
        #expect(gzip.headers[.contentType] == "text/css")
        for answer in [plain, gzip] {
            #expect(answer.headers[.vary] == "Cookie, Accept-Encoding")
            #expect(answer.headers[.acceptRanges] == "bytes")
        }
        #expect(plain.headers[.eTag] != gzip.headers[.eTag])
        #expect(answer([.acceptEncoding: "gzip"]).headers[.eTag] == gzip.headers[.eTag])
    }

    @Test func whatIsNeverCompressedHasOneForm() {
        let answer = answer([.acceptEncoding: "gzip"], compression: .never)
        #expect(answer.headers[.contentEncoding] == nil && answer.headers[.vary] == "Cookie")
    }

    static let encodings: [(header: String?, takesGzip: Bool)] = [
        (nil, false), ("", false), ("gzip", true), ("GZIP", true), ("x-gzip", true), ("gzip, deflate, br", true),
        ("deflate;q=1, gzip;q=0.5", true),
        ("gzip;q=0", false), ("gzip; q=0.000", false), ("*", true), ("*;q=0", false), ("gzip;q=0, *", false), ("*;q=0, gzip", true),
        ("identity", false), ("br", false), ("gzipped", false),
    ]

    @Test(arguments: encodings)
    func acceptEncodingIsRead(header: String?, takesGzip: Bool) {
        let answer = answer(header.map { [.acceptEncoding: $0] } ?? [:])
        #expect((answer.headers[.contentEncoding] == "gzip") == takesGzip)
    }

    @Test func aPartIsOneOfThePlainBytes() {
        let part = answer([.range: "bytes=2-5", .acceptEncoding: "gzip"])
        #expect(part.status == .partialContent)
        #expect(part.headers[.contentRange] == "bytes 2-5/800")
        #expect(part.headers[.contentEncoding] == nil)
        #expect(part.headers[.eTag] == answer().headers[.eTag])
        #expect(part.body.contentLength == 4)
    }

    @Test func whatSlackAsksForIsAnsweredAsAPart() {
        let part = answer([.range: "bytes=0-32767"])
        #expect(part.status == .partialContent && part.headers[.contentRange] == "bytes 0-799/800" && part.body.contentLength == 800)
    }

    @Test func aPartOutsideIsRefused() {
        let refused = answer([.range: "bytes=800-"])
        #expect(refused.status == .rangeNotSatisfiable && refused.headers[.contentRange] == "bytes */800")
        #expect(refused.body.contentLength ?? 0 == 0)
    }

    @Test func aPartOfAnotherVersionIsNotAPart() {
        let tag = answer().headers[.eTag]!
        #expect(answer([.range: "bytes=0-1", .ifRange: tag]).status == .partialContent)
        for other in ["\"other\"", "W/\(tag)", "Sat, 21 Nov 2026 00:00:00 GMT", answer([.acceptEncoding: "gzip"]).headers[.eTag]!] {
            #expect(answer([.range: "bytes=0-1", .ifRange: other]).status == .ok, "\(other)")
        }
    }

    @Test func onlyAGetHasParts() {
        #expect(answer([.range: "bytes=0-1"], .head).status == .ok)
    }

    @Test func whoHasEitherFormGetsNone() {
        let tags = [answer().headers[.eTag]!, answer([.acceptEncoding: "gzip"]).headers[.eTag]!]
        for tag in tags {
            // A condition comes before the range.
            let unchanged = answer([.ifNoneMatch: "\"x\", W/\(tag)", .range: "bytes=0-1"])
            #expect(unchanged.status == .notModified)
            #expect(unchanged.headers[.eTag] == tag)
            #expect(unchanged.headers[.vary] == "Cookie, Accept-Encoding")
        }
    }

    @Test func anErrorHasNeitherPartsNorTags() {
        let gone = answer([.range: "bytes=0-1", .ifNoneMatch: "*", .acceptEncoding: "gzip"], status: .gone)
        #expect(gone.status == .gone)
        #expect(gone.headers[.eTag] == nil && gone.headers[.acceptRanges] == nil)
        #expect(gone.headers[.contentEncoding] == "gzip")
    }

    @Test func gzipIsTheSameForTheSameBytes() throws {
        let first = try #require(Gzip.compressed(text))
        #expect(first == Gzip.compressed(text))
        #expect(first.starts(with: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0]))
        #expect(try #require(Gzip.compressed([])).count > 10)
    }
}
