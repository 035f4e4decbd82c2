// SPDX-License-Identifier: Apache-2.0

package import CoreMetrics
import Synchronization

/// Collects what the service counts and measures, and renders it for Prometheus.
///
/// Names follow Prometheus: dots become underscores, counters end in `_total`, timers in `_seconds`.
/// A name belongs to the kind that used it first; what another kind records under it is left out.
/// A metric has a limited number of label sets; the rest is counted in one more, whose values read `other`.
package final class PrometheusRegistry: MetricsFactory, Sendable {
    /// The value of `Content-Type` that goes with ``render()``.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let help: [String: String]
    private let seriesLimit: Int
    private let families = Mutex<[String: MetricFamily]>([:])

    /// A registry without metrics.
    ///
    /// - Parameters:
    ///   - help: one sentence for each metric, by its label in the code; the label itself stands in for a missing one.
    ///   - seriesLimit: label sets that a metric may have. Two listeners' routes with the statuses they answer stay below 400.
    package init(help: [String: String] = [:], seriesLimit: Int = 400) {
        self.help = help
        self.seriesLimit = seriesLimit
    }

    /// All metrics in the text format, version 0.0.4, ordered by name and labels.
    package func render() -> String {
        var families = Array(self.families.withLock { $0.values })
        families.append(contentsOf: Self.turnedAway(by: families))
        var text = ""
        for family in families.sorted(by: { $0.name < $1.name }) {
            family.write(to: &text)
        }
        return text
    }

    /// The metric that tells whether a limit was met, present only then.
    private static func turnedAway(by families: [MetricFamily]) -> [MetricFamily] {
        var report = MetricFamily(
            name: "metrics_label_sets_turned_away_total",
            help: "Times a label set was counted as \"other\" because its metric had too many.",
            kind: .counter,
            seriesLimit: families.count
        )
        for family in families where family.turnedAway > 0 {
            let count = CounterSeries()
            count.increment(by: Int64(clamping: family.turnedAway))
            _ = report.series(LabelSet([("metric", family.name)])) { count }
        }
        return report.isEmpty ? [] : [report]
    }

    private func series<Series: MetricSeries>(
        _ label: String,
        ending: String = "",
        _ dimensions: [(String, String)],
        make: () -> Series
    ) -> Series {
        let name = metricName(label, ending: ending)
        let labels = LabelSet(dimensions)
        let unused = MetricFamily(name: name, help: help[label] ?? label, kind: Series.kind, seriesLimit: seriesLimit)
        let registered = families.withLock { families in
            families[name, default: unused].series(labels, make: make)
        }
        return registered ?? make()
    }

    private func remove(_ handler: AnyObject) {
        families.withLock { families in
            for name in families.keys {
                families[name]?.remove(handler)
                if families[name]?.isEmpty == true { families[name] = nil }
            }
        }
    }
}

extension PrometheusRegistry {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, ending: "_total", dimensions) { CounterSeries() }
    }

    package func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        series(label, ending: "_total", dimensions) { CounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions) { GaugeSeries() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return series(label, dimensions) { GaugeSeries() } }
        return series(label, dimensions) { HistogramSeries(bounds: HistogramSeries.plainBounds) }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, ending: "_seconds", dimensions) { HistogramSeries(bounds: HistogramSeries.secondsBounds) }
    }

    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}
