// SPDX-License-Identifier: Apache-2.0

import NIOCore
import ShareLinks

/// Opens links from memory: the tag is checked under the keys in force, then the answer is looked up.
struct FastDoor: Sendable {
    let keys: LiveKeys
    let cache: AnswerCache
    let opens: OpenCounts
    let loginCookie: String?
    let limits: ConnectionLimits
    let languages: PageLanguages
    let now: @Sendable () -> Timestamp
    let counts = FastCounts()

    /// Nil where the router has to answer: the token isn't genuine, or what it opens isn't held.
    func answer(to request: FastRequest, with memory: LoopMemory) -> (bytes: ByteBuffer, isNotModified: Bool)? {
        guard memory.isGenuine(request.token) else { return nil }
        guard case .success(let held)? = cache.answer(request.name, to: request.token, at: memory.clock.time) else { return nil }
        guard let sent = held.sent(for: request.wishes, headOnly: request.isHead, at: memory.clock.date) else { return nil }
        if request.isRobot { opens.countRobot(at: request.token.id) }
        return sent
    }
}
