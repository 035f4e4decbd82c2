// SPDX-License-Identifier: Apache-2.0

/// The types of the text format that swift-metrics has a use for.
enum MetricKind: String, Sendable {
    case counter, gauge, histogram
}

/// One line (of a histogram: one group of lines) under a metric's name.
protocol MetricSeries: AnyObject, Sendable {
    static var kind: MetricKind { get }

    func write(name: String, labels: LabelSet, to text: inout String)
}

/// A metric's name with all its series.
struct MetricFamily: Sendable {
    /// Label sets a metric may have before the rest goes into one series: a scrape must stay small whatever the labels hold.
    let seriesLimit: Int

    let name: String
    let help: String
    let kind: MetricKind
    /// How often a label set was turned away; the same one counts each time, as remembering them is what the limit prevents.
    private(set) var turnedAway: UInt64 = 0
    private var series: [String: (labels: LabelSet, series: any MetricSeries)] = [:]
    /// Keys of the series that stand for all others; they don't count towards the limit and are never forgotten.
    private var overflowKeys: Set<String> = []

    init(name: String, help: String, kind: MetricKind, seriesLimit: Int) {
        self.seriesLimit = seriesLimit
        self.name = name
        self.help = help
        self.kind = kind
    }

    /// The series with these labels, made at first use; beyond the limit, the one that stands for all others.
    ///
    /// `nil` for a series of another kind: a name can have only one.
    mutating func series<Series: MetricSeries>(_ labels: LabelSet, make: () -> Series) -> Series? {
        guard Series.kind == kind else { return nil }
        if let known = series[labels.text] { return known.series as? Series }
        var labels = labels
        if series.count - overflowKeys.count >= seriesLimit {
            turnedAway += 1
            labels = labels.overflow
            if let known = series[labels.text] { return known.series as? Series }
            overflowKeys.insert(labels.text)
        }
        let made = make()
        series[labels.text] = (labels, made)
        return made
    }

    /// Forgets a series nobody writes to any more.
    mutating func remove(_ handler: AnyObject) {
        guard let key = series.first(where: { $0.value.series === handler })?.key, !overflowKeys.contains(key) else { return }
        series[key] = nil
    }

    var isEmpty: Bool { series.isEmpty }

    func write(to text: inout String) {
        text += "# HELP \(name) \(escapedHelp(help))\n# TYPE \(name) \(kind.rawValue)\n"
        for (_, entry) in series.sorted(by: { $0.key < $1.key }) {
            entry.series.write(name: name, labels: entry.labels, to: &text)
        }
    }
}
