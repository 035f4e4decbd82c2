// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import ShareLinks

/// What one event loop's fast paths share: the clock, the keys in force, and how headers read that come again and again.
final class LoopMemory {
    let clock: LoopClock
    /// Nil where what is held may be shown at any time.
    let check: LoopCheck?
    private var keys: LiveKeys.Reader
    private let languages: PageLanguages
    private var locales: [String: String?] = [:]
    private var codings: [String: Bool] = [:]
    private var robots: [String: Bool] = [:]
    private var refusals: [String: WireAnswer] = [:]
    private var refusalsSeconds: Int64 = 0

    /// Headers of a kind that are remembered; a longer one than this isn't.
    private static let mostHeaders = 512
    static let longestHeader = 512

    init(
        loop: any EventLoop,
        keys: LiveKeys,
        languages: PageLanguages,
        check: (any RevisionCheck)? = nil,
        now: @escaping @Sendable () -> Timestamp
    ) {
        clock = LoopClock(loop: loop, now: now)
        self.check = check.map { LoopCheck(loop: loop, check: $0) }
        self.keys = LiveKeys.Reader(keys)
        self.languages = languages
    }

    /// Whether a key in force made the token.
    func isGenuine(_ token: Token) -> Bool {
        keys.isGenuine(token)
    }

    func locale(wishedBy header: String) -> String? {
        Self.remembered(header, in: &locales) { languages.wished($0) }
    }

    func takesGzip(_ header: String) -> Bool {
        Self.remembered(header, in: &codings, Gzip.isTaken(by:))
    }

    func isRobot(agent header: String) -> Bool {
        Self.remembered(header, in: &robots, RobotSigns.isRobot(agent:))
    }

    /// A page that refuses, made once a second for each language.
    func refusal(in language: PageLanguage, seconds: Int64, takesGzip: Bool, _ make: (PageLanguage) -> WireAnswer) -> WireAnswer {
        if seconds != refusalsSeconds {
            refusals = [:]
            refusalsSeconds = seconds
        }
        return Self.remembered("\(language.locale) \(takesGzip)", in: &refusals) { _ in make(language) }
    }

    private static func remembered<Reading>(
        _ header: String,
        in memory: inout [String: Reading],
        _ read: (String) -> Reading
    ) -> Reading {
        if let reading = memory[header] { return reading }
        let reading = read(header)
        // Whoever sends ever new headers makes us read them, and keeps nothing here.
        if memory.count >= mostHeaders { memory.removeAll(keepingCapacity: true) }
        memory[header] = reading
        return reading
    }
}
