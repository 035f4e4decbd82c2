// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ShareLinks

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Measures how long it takes to check a token: decode it, make its tag, compare.",
        discussion: """
            The tokens are all different, and every other one, by chance, is forged. Beside it, in turns, the bare HMAC of the same \
            messages from the same prepared states is measured. Prints one line of JSON: the best round of each, and the one in the middle.
            """
    )

    @Option(help: "How many tokens there are.") var tokens = 4096
    @OptionGroup var rounds: Rounds

    func validate() throws {
        guard (1...10_000_000).contains(tokens) else { throw ValidationError("--tokens is 1 to 10000000") }
    }

    func run() throws {
        var random = SystemRandomNumberGenerator()
        let sample = try TokenSample(count: tokens, using: &random)
        guard sample.genuine() == sample.genuineCount else { throw BenchFault("a genuine token was refused, or a forged one passed") }
        let times = rounds.time(tokens, [{ _ = sample.genuine() }, { _ = sample.tags() }])
        let (check, bare) = (times[0], times[1])
        print(
            "{\"tokens\":\(tokens),\"forged\":\(tokens - sample.genuineCount),\"rounds\":\(rounds.rounds),"
                + "\"nanosecondsPerCheck\":\(check.best),\"medianNanosecondsPerCheck\":\(check.median),"
                + "\"bareHmacNanoseconds\":\(bare.best),\"medianBareHmacNanoseconds\":\(bare.median)}"
        )
    }
}
