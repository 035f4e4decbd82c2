// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OutgoingHTTP
import ShareLinks
import Synchronization

/// Reads one answer, and ends it with its head or in the middle where it can't be used.
///
/// A delegate rather than the client's `async` calls, as only a delegate is told when a request's head was written.
final class AnswerReader: HTTPClientResponseDelegate {
    typealias Response = UpstreamAnswer

    private let mostBytes: Int
    private let mark: SendMark
    private let now: Timestamp
    private let read = Mutex((head: HTTPResponseHead?.none, body: [UInt8]()))

    /// - Parameter now: what dates in the answer are compared with.
    init(mostBytes: Int, mark: SendMark, now: Timestamp) {
        self.mostBytes = mostBytes
        self.mark = mark
        self.now = now
    }

    func didSendRequestHead(task: HTTPClient.Task<UpstreamAnswer>, _ head: HTTPRequestHead) { mark.leave() }

    func didReceiveHead(task: HTTPClient.Task<UpstreamAnswer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        if let fault = fault(of: head) { return task.eventLoop.makeFailedFuture(fault) }
        read.withLock { $0.head = head }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<UpstreamAnswer>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let isTooLarge = read.withLock { read in
            guard read.body.count + buffer.readableBytes <= mostBytes else { return true }
            read.body.append(contentsOf: buffer.readableBytesView)
            return false
        }
        return isTooLarge ? task.eventLoop.makeFailedFuture(UpstreamFault.tooLarge) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<UpstreamAnswer>) throws -> UpstreamAnswer {
        let (head, body) = read.withLock { ($0.head, $0.body) }
        guard let head else { throw UpstreamFault.connection(.closed, wasSent: true) }
        return UpstreamAnswer(
            status: Int(head.status.code),
            body: body,
            isJSON: Self.isJSON(head.headers.first(name: "content-type")),
            retryAfter: retryAfter(head)
        )
    }

    /// The body of such an answer isn't waited for: its status says all.
    private func fault(of head: HTTPResponseHead) -> UpstreamFault? {
        let status = Int(head.status.code)
        switch status {
        case 200..<300, 400..<429, 430..<500: break
        case 429, 503: return .answered(status, retryAfter: retryAfter(head))
        case _: return .answered(status, retryAfter: nil)
        }
        let encodings = head.headers[canonicalForm: "content-encoding"]
        guard encodings.allSatisfy({ $0.isEmpty || $0.lowercased() == "identity" }) else { return .encoded }
        // The parser let a number pass only; one beyond Int is larger, too.
        guard let length = head.headers.first(name: "content-length") else { return nil }
        return Int(length).map { $0 <= mostBytes } == true ? nil : .tooLarge
    }

    private func retryAfter(_ head: HTTPResponseHead) -> Int64? {
        head.headers.first(name: "retry-after").flatMap { now.seconds(retryAfter: $0) }
    }

    private static func isJSON(_ contentType: String?) -> Bool {
        guard let type = contentType?.prefix(while: { $0 != ";" }).lowercased().split(separator: " ").first else { return false }
        return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }
}
