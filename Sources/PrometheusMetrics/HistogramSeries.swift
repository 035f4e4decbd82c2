// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Synchronization

/// Counts of recorded values by size: timers in seconds, and recorders that aggregate.
final class HistogramSeries: MetricSeries, TimerHandler, RecorderHandler {
    static let kind = MetricKind.histogram

    /// For timers, in seconds: half a millisecond to ten seconds.
    static let secondsBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// For recorders, whose unit is unknown here: batch sizes as well as bytes.
    static let plainBounds: [Double] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000, 1_000_000]

    private struct State {
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    // One lock, so that count and sum of a rendered histogram always belong together.
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }

    func write(name: String, labels: LabelSet, to text: inout String) {
        let state = state.withLock { $0 }
        var cumulated: UInt64 = 0
        for (bound, count) in zip(bounds + [.infinity], state.counts) {
            cumulated += count
            text.writeSample(name + "_bucket", labels.text(endingWith: "le", sampleText(bound)), String(cumulated))
        }
        text.writeSample(name + "_sum", labels.text, sampleText(state.sum))
        text.writeSample(name + "_count", labels.text, String(cumulated))
    }
}
