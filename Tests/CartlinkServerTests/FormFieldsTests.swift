// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import ShareLinks
import Testing

@testable import CartlinkServer

/// The bodies of pages' forms: what is taken, and what is refused before anything is done.
struct FormFieldsTests {
    private func read(_ body: String, as type: String? = "application/x-www-form-urlencoded") async -> Result<[String: String], Problem> {
        var headers: HTTPFields = [:]
        headers[.contentType] = type
        let request = Request(
            head: HTTPRequest(method: .post, scheme: "http", authority: "links.shop.example", path: "/", headerFields: headers),
            body: RequestBody(buffer: ByteBuffer(string: body))
        )
        do {
            return .success(try await request.formFields(["form", "return"]))
        } catch let problem as Problem {
            return .failure(problem)
        } catch {
            return .failure(Problem(code: .internal, detail: "\(error)"))
        }
    }

    static let taken: [(body: String, fields: [String: String])] = [
        ("", [:]), ("form=", ["form": ""]), ("form=a", ["form": "a"]), ("form=a&return=%2Fs%2Fx", ["form": "a", "return": "/s/x"]),
        ("return=a+b%20c%26d", ["return": "a b c&d"]), ("f%6Frm=%C3%B1", ["form": "ñ"]), ("form=a=b", ["form": "a=b"]),
    ]

    @Test(arguments: taken)
    func fieldsAreDecoded(body: String, fields: [String: String]) async {
        #expect(await read(body) == .success(fields))
    }

    @Test(arguments: ["application/x-www-form-urlencoded;charset=UTF-8", "Application/X-WWW-Form-URLencoded ; charset=utf-8"])
    func theTypeMayHaveParameters(type: String) async {
        #expect(await read("form=a", as: type) == .success(["form": "a"]))
    }

    static let refused: [(body: String, code: Problem.Code)] = [
        ("form=a&form=b", .malformedRequest), ("form=a&form=a", .malformedRequest), ("form=a&f%6Frm=b", .malformedRequest),
        ("form[]=a", .malformedRequest), ("form[a]=b", .malformedRequest), ("form=%", .malformedRequest),
        ("form=a&colour=b", .invalidInput), ("FORM=a", .invalidInput), ("=a", .invalidInput),
        ("form=" + String(repeating: "x", count: 4092), .tooLarge),
    ]

    @Test(arguments: refused)
    func everythingElseIsRefused(body: String, code: Problem.Code) async {
        guard case .failure(let problem) = await read(body) else {
            Issue.record("taken: \(body.prefix(40))")
            return
        }
        #expect(problem.code == code)
        #expect(problem.cause == nil)
    }

    @Test func fourKilobytesAreTaken() async {
        let value = String(repeating: "x", count: 4091)
        #expect(await read("form=" + value) == .success(["form": value]))
    }

    @Test(arguments: [nil, "", "text/plain", "application/json", "multipart/form-data", "application/x-www-form-urlencodedx"])
    func otherTypesAreRefused(type: String?) async {
        guard case .failure(let problem) = await read("form=a", as: type) else {
            Issue.record("taken as \(type ?? "nothing")")
            return
        }
        #expect(problem.code == .unsupportedMediaType)
    }

    @Test func unknownFieldsAreNamed() async {
        #expect(await read("b=1&a=2&form=3") == .failure(.invalidInput([.init("/a", .unknown), .init("/b", .unknown)])))
    }
}
