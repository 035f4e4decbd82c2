// SPDX-License-Identifier: Apache-2.0

/// How long a platform is waited for, and how much is taken from it.
package struct UpstreamLimits: Sendable {
    /// A call with its name look-up, its retries and the reading of the answer.
    package var whole = Duration.seconds(5)
    package var bodyMiB = 4
    package var connections = 16
    /// Calls that wait for a connection, beyond which the next is refused at once.
    package var waiting = 64
    package var retries = 2
    /// The first pause before a retry; the next is twice as long.
    package var firstPause = Duration.milliseconds(100)
    /// Failures in a row that open the circuit.
    package var failures = 5
    /// How long nothing is asked while the circuit is open.
    package var rest = Duration.seconds(10)

    package init() {}

    var mostBytes: Int { bodyMiB << 20 }

    /// From half of it to the whole, by chance, so that many who failed together don't come back together.
    func pause(before retry: Int, chance: Double) -> Duration {
        firstPause * (1 << (retry - 1)) * (0.5 + min(max(chance, 0), 1) / 2)
    }
}
