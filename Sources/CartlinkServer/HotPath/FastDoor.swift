// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import ShareLinks

/// Opens links from memory: the tag is checked under the keys in force, then the answer is looked up.
///
/// A class: every request comes by here, and to copy all that it holds would cost more than to ask it.
final class FastDoor: Sendable {
    let keys: LiveKeys
    let cache: AnswerCache
    let badTokens: BadTokenLimiter
    let opens: OpenCounts
    let loginCookie: String?
    let limits: ConnectionLimits
    let pages: SharePages
    /// Nil where no other process changes the store.
    let check: (any RevisionCheck)?
    let now: @Sendable () -> Timestamp
    let counts = FastCounts()

    init(
        keys: LiveKeys,
        cache: AnswerCache,
        badTokens: BadTokenLimiter,
        opens: OpenCounts,
        loginCookie: String?,
        limits: ConnectionLimits,
        pages: SharePages,
        check: (any RevisionCheck)?,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.keys = keys
        self.cache = cache
        self.badTokens = badTokens
        self.opens = opens
        self.loginCookie = loginCookie
        self.limits = limits
        self.pages = pages
        self.check = check
        self.now = now
    }

    struct Answer {
        let bytes: ByteBuffer
        let status: FastStatus
    }

    enum Opening {
        case answer(Answer)
        /// Something is held that may be shown after a check of the revisions: ``held(for:with:)``.
        case afterCheck
        /// What a genuine token opens isn't held, or another one still gets its ordinary answer.
        case router
    }

    /// - Parameter client: asked for only where the tag doesn't hold.
    func open(_ request: FastRequest, from client: () -> IPAddress, with memory: LoopMemory) -> Opening {
        let answer: Answer?
        if !memory.isGenuine(request.token) {
            answer = refusal(to: request, from: client(), with: memory)
        } else if memory.check == nil {
            answer = held(for: request, with: memory)
        } else {
            // To wait for a check only to hear that nothing is held would cost a round trip more.
            return content(for: request, with: memory) == nil ? .router : .afterCheck
        }
        return answer.map(Opening.answer) ?? .router
    }

    /// What is held for a genuine token, as it goes out; nil where it has to be worked out.
    func held(for request: FastRequest, with memory: LoopMemory) -> Answer? {
        guard let sent = content(for: request, with: memory)?.sent(for: request.wishes, headOnly: request.isHead, at: memory.clock.date)
        else { return nil }
        if request.isRobot { opens.countRobot(at: request.token.id) }
        return Answer(bytes: sent.bytes, status: sent.isNotModified ? .notModified : .ok)
    }

    private func content(for request: FastRequest, with memory: LoopMemory) -> HeldAnswer? {
        try? cache.answer(request.name, to: request.token, at: memory.clock.time)?.get()
    }

    /// Who has sent too many tokens that no key made hears so at once: well-formed guesses cost the router nothing, and good tokens wait for none.
    private func refusal(to request: FastRequest, from client: IPAddress, with memory: LoopMemory) -> Answer? {
        guard let seconds = badTokens.refusalIfExhausted(address: client, at: memory.clock.time) else { return nil }
        var wire: WireAnswer
        switch request.name.form {
        case .view:
            let problem = Problem.tooManyRequests(retryAfter: seconds)
            wire = problem.rendered(requestID: RequestName.fresh()).wire(for: FastRequest.viewPath, date: memory.clock.date)
        case .page(let locale):
            wire = memory.refusal(in: pages.languages.preferred(locale), seconds: seconds, takesGzip: request.wishes.takesGzip) {
                language in
                pages.rendered(.tooManyRequests(retryAfter: seconds), in: language, for: request.wishes)
                    .wire(for: FastRequest.pagePath, date: memory.clock.date)
            }
        }
        return Answer(bytes: wire.sent(at: memory.clock.date, headOnly: request.isHead), status: .tooManyRequests)
    }
}
