// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Clients that ask again as soon as they are answered.
struct Load: ParsableArguments {
    @Option(help: "How many clients ask at the same time.") var clients = 64
    @Option(help: "For how long, in seconds.") var seconds = 3.0

    func validate() throws {
        guard (1...4096).contains(clients) else { throw ValidationError("--clients is 1 to 4096") }
        guard seconds > 0, seconds <= 600 else { throw ValidationError("--seconds is more than 0, up to 600") }
    }

    /// Runs `work` with a number that is another each time.
    func run(_ work: @escaping @Sendable (Int) async throws -> Void) async throws -> Answers {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        let all = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for client in 0..<clients {
                group.addTask {
                    var times: [Duration] = []
                    while clock.now < end {
                        let number = client + times.count * clients
                        times.append(try await clock.measure { try await work(number) })
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return Answers(times: all.sorted(), took: clock.now - start)
    }
}

struct Answers {
    let times: [Duration]
    let took: Duration

    /// `"clients":…,"answers":…,"perSecond":…,"medianMilliseconds":…,"p99Milliseconds":…`
    func members(of load: Load) -> String {
        "\"clients\":\(load.clients),\"answers\":\(times.count),\"perSecond\":\(Self.rounded(Double(times.count) / (took / .seconds(1)))),"
            + "\"medianMilliseconds\":\(milliseconds(0.5)),\"p99Milliseconds\":\(milliseconds(0.99))"
    }

    private func milliseconds(_ share: Double) -> Double {
        guard !times.isEmpty else { return 0 }
        return Self.rounded(times[min(times.count - 1, Int(share * Double(times.count)))] / .milliseconds(1))
    }

    private static func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}
