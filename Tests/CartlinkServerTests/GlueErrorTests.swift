// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ShareLinks
import Testing

@testable import CartlinkServer

struct GlueErrorTests {
    /// What Spryker's code answers, or our own words where it has none: status and code.
    ///
    /// No `default`: a new error fails to compile until it is written down here.
    private static func contract(_ error: ShareError, _ task: GlueTask) -> String {
        switch error {
        case .loginRequired: "403/002"
        case .cartNotFound, .cartOrdered: "404/101"
        case .grantNotFound: "404/2705"
        case .itemNotFound: "404/103"
        case .personUnknown: "404/1404"
        case .otherCompany: "403/2703"
        case .permissionDenied: [.reading, .sharing].contains(task) ? "403/2701" : "403/115"
        case .notAllowedHere: "403/2701"
        case .alreadyShared, .cannotShareWithOneself: "422/2702"
        case .limitReached, .cartTooLarge: failure(task) ?? "422/2702"
        case .cartLocked: failure(task) ?? "409"
        case .formatNotEditable, .invalidInput: failure(task) ?? "422"
        case .tokenNotGenuine, .linkNotFound, .commentNotFound, .deadLetterNotFound, .keyNotFound: "404"
        case .linkGone, .alreadyOrdered: "410"
        case .grantWithdrawn, .notAcceptable, .takeOverRefused, .notAcceptedYet, .notAMember, .scopeMissing, .keyInUse: "403"
        case .acceptLimitReached, .ownerDiffers, .cartSourceIsUpstream, .idempotencyConflict, .countDiffers: "409"
        case .externalLinksAreReadOnly: "422"
        case .versionDiffers, .overtaken: "412"
        case .ownerNotNamed: "400"
        case .sourceUnavailable, .storeUnavailable: "503"
        }
    }

    private static func failure(_ task: GlueTask) -> String? {
        switch task {
        case .reading, .sharing: nil
        case .addingItem: "422/113"
        case .changingItem: "422/114"
        case .removingItem: "422/106"
        }
    }

    @Test(arguments: ShareErrorProblemTests.errors, GlueTask.allCases)
    func everyRefusalHasItsAnswer(error: ShareError, task: GlueTask) {
        let answer = GlueError(error, doing: task)
        #expect("\(answer.status.code)\(answer.code.map { "/\($0)" } ?? "")" == Self.contract(error, task))
        #expect(!answer.detail.isEmpty)
    }

    /// A missing login is 403 in Glue, and a method that isn't there 404.
    @Test(arguments: Problem.Code.allCases)
    func everyProblemKeepsItsStatus(code: Problem.Code) {
        let status = GlueError(Problem(code: code)).status
        switch code {
        case .loginRequired: #expect(status == .forbidden)
        case .methodNotAllowed: #expect(status == .notFound)
        default: #expect(status == code.status)
        }
    }

    @Test func causesStayInTheLog() {
        let answer = GlueError(.storeUnavailable(StoreError(.full, cause: "disk sda1")), doing: .sharing)
        #expect(answer.cause == "full: disk sda1")
        #expect(answer.headers[.retryAfter] == "2")
        #expect(!String(decoding: GlueRefusal(answer).body, as: UTF8.self).contains("sda1"))
    }

    @Test func withoutAnErrorNothingIsRefused() {
        #expect(GlueRefusal([]) == nil)
    }

    @Test func severalErrorsAnswerWithTheLastOnesStatus() throws {
        let refusal = try #require(GlueRefusal([.violation("sku", "This field is missing."), .notFound]))
        #expect(refusal.status == .notFound)
        let text = #"{"errors":[{"status":422,"code":"901","detail":"sku => This field is missing."},{"status":404,"detail":"Not Found"}]}"#
        #expect(String(decoding: refusal.body, as: UTF8.self) == text)
    }
}
