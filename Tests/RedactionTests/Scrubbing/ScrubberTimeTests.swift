// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction
import Testing

/// Time in proportion to the text. How long 1 MiB takes is measured in release, see docs/policies.md.
@Suite struct ScrubberTimeTests {
    /// Processor time of this thread: others on the machine don't count.
    private static func seconds(_ work: () -> Void) -> Double {
        var (start, end) = (timespec(), timespec())
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
        work()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
        return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
    }

    @Test("four times the text takes at most 2.5 × 2.5 times as long", arguments: NearMatches.repeated)
    func isLinear(piece: String) {
        func text(_ size: Int) -> String { String(repeating: piece, count: size / piece.utf8.count) }
        let (short, long) = (text(4 * 1024), text(16 * 1024))
        var best = Double.infinity
        // Quadratic time would make it 16. A disturbed measurement gets a second chance.
        for _ in 0..<5 where best > 6.25 {
            let base = min(Self.seconds { _ = Scrubber().scrub(short) }, Self.seconds { _ = Scrubber().scrub(short) })
            best = min(best, Self.seconds { _ = Scrubber().scrub(long) } / max(base, 1e-5))
        }
        #expect(best <= 6.25)
    }
}
