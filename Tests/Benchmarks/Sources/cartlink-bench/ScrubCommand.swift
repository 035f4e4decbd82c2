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
            line of JSON: the slowest text in which nothing was found, the median of these, and the slowest in which something was: \
            such a text is read once more.
            """
    )

    @Argument(help: "The texts to repeat.") var file = "Tests/RedactionTests/Scrubbing/near-matches.json"

    func run() throws {
        let texts = try JSONDecoder().decode([String].self, from: Data(CartFile(path: file).bytes))
        guard !texts.isEmpty, texts.allSatisfy({ !$0.isEmpty }) else { throw BenchFault("\(file): no texts, or an empty one") }
        let times = texts.map(Self.measured).sorted { $0.milliseconds < $1.milliseconds }
        let near = times.filter { !$0.holdsFinds }
        guard let slowest = near.last else { throw BenchFault("\(file): every text holds something to cut") }
        let withFinds = times.last { $0.holdsFinds }
        let text = String(decoding: try JSONEncoder().encode(slowest.text), as: UTF8.self)
        print(
            "{\"texts\":\(times.count),\"bytes\":\(Self.size),\"slowestMilliseconds\":\(slowest.milliseconds),\"slowest\":\(text),"
                + "\"medianMilliseconds\":\(near[near.count / 2].milliseconds),"
                + "\"slowestWithFindsMilliseconds\":\(withFinds?.milliseconds ?? 0)}"
        )
    }

    private static let size = 1_048_576

    private static func measured(_ piece: String) -> (text: String, milliseconds: Double, holdsFinds: Bool) {
        let text = String(repeating: piece, count: size / piece.utf8.count)
        let clock = ContinuousClock()
        var clean = text
        let best = (0..<5).map { _ in clock.measure { clean = Scrubber().scrub(text) } }.min()!  // five of them
        return (piece, (best / .milliseconds(1) * 10).rounded() / 10, clean != text)
    }
}
