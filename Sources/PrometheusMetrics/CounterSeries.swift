// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Synchronization

/// A number that only grows: one type for whole and for fractional amounts, as Prometheus makes no difference.
final class CounterSeries: MetricSeries, CounterHandler, FloatingPointCounterHandler {
    static let kind = MetricKind.counter

    // Whole amounts are kept apart: in a Double, adding 1 has no effect from 2^53 on.
    private let whole = Atomic<UInt64>(0)
    private let fractional = AtomicDouble()

    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        whole.wrappingAdd(UInt64(amount), ordering: .relaxed)
    }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        fractional.add(amount)
    }

    func reset() {
        whole.store(0, ordering: .relaxed)
        fractional.set(0)
    }

    func write(name: String, labels: LabelSet, to text: inout String) {
        let whole = whole.load(ordering: .relaxed)
        let fractional = fractional.value
        let value = fractional == 0 ? String(whole) : sampleText(Double(whole) + fractional)
        text.writeSample(name, labels.text, value)
    }
}
