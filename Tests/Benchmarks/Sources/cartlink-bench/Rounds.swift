// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How often something is measured, and for how long.
struct Rounds: ParsableArguments {
    @Option(help: "How many rounds.") var rounds = 7
    @Option(help: "How long one round takes, in seconds.") var seconds = 0.3

    func validate() throws {
        guard (1...1000).contains(rounds) else { throw ValidationError("--rounds is 1 to 1000") }
        guard seconds > 0, seconds <= 60 else { throw ValidationError("--seconds is more than 0, up to 60") }
    }

    /// Runs `body`, which works through `bytes` bytes, over and over. The first round only warms up.
    func measure(_ bytes: Int, _ body: () -> Void) -> Speeds {
        let speeds = (0...rounds).map { _ in speed(bytes, body) }
        return Speeds(megabytesPerSecond: speeds.dropFirst().sorted())
    }

    /// Runs each of `bodies`, which does something `count` times, over and over. They take turns, round by round, so that whatever else
    /// the machine does hits them alike. The first round only warms up.
    func time(_ count: Int, _ bodies: [() -> Void]) -> [Times] {
        let speeds = (0...rounds).map { _ in bodies.map { speed(count, $0) } }
        return bodies.indices.map { body in Times(nanoseconds: speeds.dropFirst().map { 1000 / $0[body] }.sorted()) }
    }

    /// In millions a second.
    private func speed(_ bytes: Int, _ body: () -> Void) -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        var (runs, batch, elapsed) = (0, 1, Duration.zero)
        repeat {
            for _ in 0..<batch { body() }
            runs += batch
            elapsed = clock.now - start
            // Asking for the time costs too: it is asked some hundred times a round.
            if elapsed < .seconds(seconds / 100) { batch *= 2 }
        } while elapsed < .seconds(seconds)
        return Double(bytes) * Double(runs) / (elapsed / .seconds(1)) / 1e6
    }
}

/// How long one run took in each round, the shortest first.
struct Times {
    let nanoseconds: [Double]

    var best: Double { Self.rounded(nanoseconds[0]) }
    var median: Double { Self.rounded(nanoseconds[nanoseconds.count / 2]) }

    private static func rounded(_ time: Double) -> Double { (time * 10).rounded() / 10 }
}

/// What the rounds gave, the slowest first.
struct Speeds {
    let megabytesPerSecond: [Double]

    /// One line of JSON. Other work on the machine only ever slows a round down, so the best one says most.
    func line(named key: String, _ name: String, bytes: Int, outputBytes: Int) -> String {
        let best = megabytesPerSecond[megabytesPerSecond.count - 1]
        let median = megabytesPerSecond[megabytesPerSecond.count / 2]
        return "{\"\(key)\":\(Self.quoted(name)),\"bytes\":\(bytes),\"outputBytes\":\(outputBytes),\"rounds\":\(megabytesPerSecond.count),"
            + "\"megabytesPerSecond\":\(Self.rounded(best)),\"medianMegabytesPerSecond\":\(Self.rounded(median))}"
    }

    private static func rounded(_ speed: Double) -> Double {
        (speed * 100).rounded() / 100
    }

    /// A file's name may hold anything.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\0"..<" ": "?"
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
