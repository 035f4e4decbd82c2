// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging
import Metrics
import NIOCore
import ServiceLifecycle
import ShareLinks
import Synchronization

/// Lets the answer to a wrong admin key come late once an address has tried several; a right key never gets here.
final class BadKeyLimiter: Sendable {
    private let addresses: ClientAddresses
    private let pause: @Sendable (Duration) async throws -> Void
    private let tries = MinuteCounts()
    private let warnings = MinuteQuota(perMinute: BadKeyLimiter.warningsPerMinute)
    private let waiting = Mutex(0)
    private let badKeys = Counter(label: "cartlink.admin.bad.keys")

    static let freeTries = 5
    static let longestDelay = 8
    /// Answers that wait at once, for all addresses: each holds a connection, and the listener has few.
    static let mostWaiting = 32
    /// A flood of addresses must not become one of log lines.
    static let warningsPerMinute = 20

    /// - Parameter pause: waits as long as it is told.
    init(addresses: ClientAddresses, pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }) {
        self.addresses = addresses
        self.pause = pause
    }

    /// How long the answer to an address' wrong key waits, the first one being number 1; nil for not at all.
    static func delay(ofTry number: Int) -> Duration? {
        guard number > freeTries else { return nil }
        return .seconds(min(longestDelay, 1 << min(number - freeTries - 1, 3)))
    }

    /// Counts one wrong key, waits as long as its address deserves, and gives the answer: 401, or 429 while too many wait already.
    func refusal(_ request: Request, from peer: SocketAddress?, at now: Timestamp, logger: Logger) async -> Problem {
        badKeys.increment()
        let address = addresses.client(of: request, peer: peer)
        let (inMinute, recent, _) = tries.add(address.counted, at: now)
        guard let delay = Self.delay(ofTry: recent) else { return .keyInvalid }
        // Once when it begins, and once in each minute in which it goes on.
        if recent == Self.freeTries + 1 || inMinute == 1 { warn(of: address, tries: recent, at: now, logger) }
        guard takePlace() else { return .tooManyRequests(retryAfter: Int64(Self.longestDelay)) }
        defer { waiting.withLock { $0 -= 1 } }
        // A stop needn't wait for it. A connection that closes keeps its place until then: places are few and waits short.
        try? await cancelWhenGracefulShutdown { try await self.pause(delay) }
        return .keyInvalid
    }

    private func takePlace() -> Bool {
        waiting.withLock { waiting in
            guard waiting < Self.mostWaiting else { return false }
            waiting += 1
            return true
        }
    }

    private func warn(of address: IPAddress, tries: Int, at now: Timestamp, _ logger: Logger) {
        guard warnings.take(at: now) else { return }
        logger.warning("wrong admin keys; their answers are slowed", metadata: ["peer": "\(address)", "tries": "\(tries)"])
    }
}
