// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Redaction

struct ScrubCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scrub",
        abstract: "Measures how long 1 MiB of text takes that looks like personal data without being any.",
        discussion: """
            FILE is a JSON array of texts; each is repeated up to 1 MiB and scrubbed five times, of which the fastest counts. Prints one \
            line of JSON: slowestMilliseconds and the text it was, and the median of all texts.
            """
    )

    @Argument(help: "The texts to repeat.") var file = "Tests/RedactionTests/Scrubbing/near-matches.json"

    func run() throws {
        let texts = try JSONDecoder().decode([String].self, from: Data(CartFile(path: file).bytes))
        guard !texts.isEmpty, texts.allSatisfy({ !$0.isEmpty }) else { throw BenchFault("\(file): no texts, or an empty one") }
        let times = texts.map { (text: $0, milliseconds: Self.milliseconds($0)) }.sorted { $0.milliseconds < $1.milliseconds }
        let slowest = times[times.count - 1]
        let text = String(decoding: try JSONEncoder().encode(slowest.text), as: UTF8.self)
        print(
            "{\"texts\":\(times.count),\"bytes\":\(Self.size),\"slowestMilliseconds\":\(slowest.milliseconds),\"slowest\":\(text),"
                + "\"medianMilliseconds\":\(times[times.count / 2].milliseconds)}"
        )
    }

    private static let size = 1_048_576

    private static func milliseconds(_ piece: String) -> Double {
        let text = String(repeating: piece, count: size / piece.utf8.count)
        let clock = ContinuousClock()
        let best = (0..<5).map { _ in clock.measure { _ = Scrubber().scrub(text) } }.min()!  // five of them
        return (best / .milliseconds(1) * 10).rounded() / 10
    }
}
