// SPDX-License-Identifier: Apache-2.0

import CartSources
import Redaction
import ShareLinks
import Synchronization
import Testing

/// A platform that answers what a test says, and keeps what it was asked.
final class ScriptedCalls: PlatformCalls {
    struct Asked: Sendable {
        let method: String
        let path: String
        let query: [String]
        let headers: [String]
        let body: String?
        let isIdempotent: Bool
    }

    private let asked = Mutex<[Asked]>([])
    private let unusable = Mutex(0)
    private let replies: [Result<UpstreamAnswer, SourceError>]

    /// - Parameter replies: one after the other; the last one for all that follows.
    init(_ replies: [Result<UpstreamAnswer, SourceError>]) {
        self.replies = replies
    }

    convenience init(_ answers: UpstreamAnswer...) {
        self.init(answers.map { .success($0) })
    }

    var unusableAnswers: Int { unusable.withLock { $0 } }
    var requests: [Asked] { asked.withLock { $0 } }

    func noteUnusable() {
        unusable.withLock { $0 += 1 }
    }

    func send(_ request: UpstreamRequest) async throws(SourceError) -> UpstreamAnswer {
        let call = Asked(
            method: request.method.rawValue,
            path: request.path,
            query: request.query.map { "\($0.name)=\($0.value)" },
            headers: request.headers.map { "\($0.name): \($0.value)" },
            body: request.body.map { String(decoding: $0, as: UTF8.self) },
            isIdempotent: request.isIdempotent
        )
        let place = asked.withLock { asked in
            asked.append(call)
            return asked.count - 1
        }
        return try replies[min(place, replies.count - 1)].get()
    }
}

extension UpstreamAnswer {
    static func json(_ text: String, status: Int = 200) -> UpstreamAnswer {
        UpstreamAnswer(status: status, body: Array(text.utf8), isJSON: true, retryAfter: nil)
    }

    static func html(status: Int) -> UpstreamAnswer {
        UpstreamAnswer(status: status, body: Array("<h1>404 Not Found</h1>".utf8), isJSON: false, retryAfter: nil)
    }
}

extension UpstreamAnswer: CustomTestStringConvertible {
    package var testDescription: String { "\(status) \(String(decoding: body.prefix(80), as: UTF8.self))" }
}

extension SourcedCart {
    var text: String { String(decoding: document, as: UTF8.self) }
    var json: JSONNode { JSONNode(document) }
}

extension JSONNode {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Counts and keeps what an edit asked before it went on.
final class Permission: Sendable {
    private let seen = Mutex<[String]>([])
    private let answer: Bool

    init(_ answer: Bool = true) {
        self.answer = answer
    }

    var documents: [String] { seen.withLock { $0 } }

    func proceeds(_ cart: SourcedCart) async -> Bool {
        seen.withLock { $0.append(cart.text) }
        return answer
    }
}

/// Runs a call that is to fail; nil where it doesn't.
func failure<Answer>(_ call: () async throws(SourceError) -> Answer) async -> SourceError? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}
