// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import HummingbirdCore
import Logins
import ShareLinks
import Testing

@testable import CartlinkServer

struct ProblemTests {
    /// The contract's table of codes that this version can answer with.
    static let contract: [Int: Set<String>] = [
        400: ["malformed-json", "malformed-request"],
        401: ["login-required", "login-invalid", "key-invalid"],
        403: ["permission-denied", "not-a-member", "grant-withdrawn", "scope-missing", "not-allowed-here"],
        404: ["link-not-found", "cart-not-found", "not-found"],
        405: ["method-not-allowed"],
        409: [
            "owner-differs", "cart-source-is-upstream", "cart-locked", "idempotency-conflict", "accept-limit-reached", "limit-reached",
            "count-differs",
        ],
        410: ["link-gone"],
        412: ["version-differs"],
        413: ["too-large"],
        414: ["uri-too-long"],
        415: ["unsupported-media-type"],
        422: ["invalid-input", "external-links-are-read-only", "cannot-share-with-oneself", "format-not-editable"],
        429: ["too-many-requests"],
        431: ["headers-too-large"],
        500: ["internal"],
        503: ["unavailable"],
    ]

    @Test func everyCodeHasTheContractsStatus() {
        let codes = Dictionary(grouping: Problem.Code.allCases, by: { $0.status.code }).mapValues { Set($0.map(\.rawValue)) }
        #expect(codes == Self.contract)
    }

    @Test(arguments: Problem.Code.allCases)
    func everyProblemIsProblemJSON(code: Problem.Code) throws {
        let problem = Problem(code: code)
        #expect(problem.response(requestID: "r-1").headers[.contentType] == "application/problem+json")
        let body = try #require(try JSONSerialization.jsonObject(with: Data(problem.body(requestID: "r-1"))) as? [String: Any])
        #expect(Set(body.keys) == ["type", "title", "status", "code", "requestId"])
        #expect(body["type"] as? String == "urn:cartlink:problem:\(code.rawValue)")
        #expect(body["title"] as? String == code.title)
        #expect(!code.title.isEmpty)
        #expect(body["status"] as? Int == code.status.code)
        #expect(body["code"] as? String == code.rawValue)
        #expect(body["requestId"] as? String == "r-1")
    }

    @Test func titlesTellCodesApart() {
        #expect(Set(Problem.Code.allCases.map(\.title)).count == Problem.Code.allCases.count)
    }

    @Test(arguments: [Problem(code: .internal), .unavailable(cause: ""), .loginInvalid])
    func causesAreNeverSent(problem: Problem) {
        var problem = problem
        problem.cause = "disk sda1 is full"
        #expect(!String(decoding: problem.body(requestID: "r"), as: UTF8.self).contains("sda1"))
        #expect(!"\(problem.response(requestID: "r").headers)".contains("sda1"))
    }

    @Test func faultsNameTheirFields() throws {
        let problem = Problem.invalidInput([InputFault("/a~1b", .unknown), InputFault("/audience", .required)])
        let body = try #require(try JSONSerialization.jsonObject(with: Data(problem.body(requestID: "r"))) as? [String: Any])
        #expect(
            body["errors"] as? [[String: String]] == [
                ["pointer": "/a~1b", "reason": "this field is not known"],
                ["pointer": "/audience", "reason": "this field is required"],
            ]
        )
    }

    static let challenges: [(Problem, String)] = [
        (.loginRequired, "Bearer"),
        (.loginInvalid, #"Bearer error="invalid_token""#),
        (.keyMissing, "Bearer"),
        (.keyInvalid, #"Bearer error="invalid_token""#),
        (.scopeMissing(.writeCarts), #"Bearer error="insufficient_scope", scope="carts:write""#),
    ]

    @Test(arguments: challenges)
    func refusedCallersAreChallenged(problem: Problem, challenge: String) {
        #expect(problem.headers[.wwwAuthenticate] == challenge)
    }

    @Test(arguments: LoginFault.allCases)
    func everyLoginFaultIsInvalidUnlessTheKeysCannotBeHad(fault: LoginFault) {
        let problem = Problem(fault)
        #expect(problem.code == (fault == .unavailable ? .unavailable : .loginInvalid))
        #expect(problem.cause != nil)
        #expect(problem.detail?.contains("\(fault)") != true)
    }
}
