// SPDX-License-Identifier: Apache-2.0

import CoreMetrics

/// A number that goes up and down: meters, and recorders that keep only the last value.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    static let kind = MetricKind.gauge

    private let current = AtomicDouble()

    func set(_ value: Int64) { current.set(Double(value)) }
    func set(_ value: Double) { current.set(value) }
    func increment(by amount: Double) { current.add(amount) }
    func decrement(by amount: Double) { current.add(-amount) }
    func record(_ value: Int64) { current.set(Double(value)) }
    func record(_ value: Double) { current.set(value) }

    func write(name: String, labels: LabelSet, to text: inout String) {
        text.writeSample(name, labels.text, sampleText(current.value))
    }
}
