// SPDX-License-Identifier: Apache-2.0

import Metrics
import PrometheusMetrics
import Testing

@Suite("The registry behind swift-metrics")
struct RegistryTests {
    private let registry = PrometheusRegistry(seriesLimit: 100)

    @Test func metricsOfTheServiceArriveHere() {
        withMetricsFactory(registry) {
            Counter(label: "links.issued").increment(by: 2)
            Counter(label: "links.issued").increment()
            FloatingPointCounter(label: "bytes.sent").increment(by: 1.5)
            Gauge(label: "links.live").record(5)
            Gauge(label: "links.live").record(4)
            Meter(label: "requests.open").increment(by: 3)
            Meter(label: "requests.open").decrement(by: 1)
            Timer(label: "commit").recordMilliseconds(2)
        }
        #expect(value("links_issued_total") == "3")
        #expect(value("bytes_sent_total") == "1.5")
        #expect(value("links_live") == "4")
        #expect(value("requests_open") == "2")
        #expect(value("commit_seconds_sum") == "0.002")
    }

    @Test func concurrentIncrementsAddUp() async {
        let tasks = 4
        let rounds = 50_000
        let whole = registry.makeCounter(label: "whole", dimensions: [])
        let half = registry.makeFloatingPointCounter(label: "half", dimensions: [])
        let meter = registry.makeMeter(label: "up.down", dimensions: [])
        let timer = registry.makeTimer(label: "wait", dimensions: [])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<tasks {
                group.addTask {
                    for _ in 0..<rounds {
                        whole.increment(by: 1)
                        half.increment(by: 0.5)
                        meter.increment(by: 2)
                        meter.decrement(by: 1)
                        timer.recordNanoseconds(500_000_000)
                    }
                }
            }
        }
        let total = tasks * rounds
        #expect(value("whole_total") == "\(total)")
        #expect(value("half_total") == "\(total / 2)")
        #expect(value("up_down") == "\(total)")
        #expect(value("wait_seconds_count") == "\(total)")
        #expect(value("wait_seconds_sum") == "\(total / 2)")
    }

    @Test func seriesAreFoundFromManyTasksAtOnce() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { [registry] in
                    for index in 0..<500 {
                        registry.makeCounter(label: "hits", dimensions: [("l", "\(index % 10)")]).increment(by: 1)
                    }
                }
            }
        }
        for index in 0..<10 {
            #expect(value(#"hits_total{l="\#(index)"}"#) == "400")
        }
    }

    @Test func labelSetsBeyondTheLimitAreCountedTogether() {
        for index in 1...130 {
            registry.makeCounter(label: "hits", dimensions: [("path", "p\(index)"), ("method", "GET")]).increment(by: 1)
        }
        let lines = registry.render().split(separator: "\n").filter { $0.hasPrefix("hits_total{") }
        #expect(lines.count == 101)
        #expect(value(#"hits_total{method="GET",path="p100"}"#) == "1")
        #expect(value(#"hits_total{method="GET",path="p101"}"#) == nil)
        #expect(value(#"hits_total{method="other",path="other"}"#) == "30")
        #expect(value(#"metrics_label_sets_turned_away_total{metric="hits_total"}"#) == "30")
    }

    @Test func knownLabelSetsGoOnAfterTheLimit() {
        for index in 1...200 {
            registry.makeMeter(label: "m", dimensions: [("l", "\(index)")]).set(1 as Int64)
        }
        registry.makeMeter(label: "m", dimensions: [("l", "7")]).set(9 as Int64)
        #expect(value(#"m{l="7"}"#) == "9")
    }

    @Test func aRealLabelSetNamedOtherStandsOnceInTheText() {
        registry.makeCounter(label: "hits", dimensions: [("l", "other")]).increment(by: 1)
        for index in 1...100 {
            registry.makeCounter(label: "hits", dimensions: [("l", "\(index)")]).increment(by: 1)
        }
        #expect(value(#"hits_total{l="other"}"#) == "2")
        #expect(registry.render().split(separator: "\n").filter { $0.contains("other") && $0.hasPrefix("hits") }.count == 1)
    }

    @Test func underTheLimitNothingIsSaidOfIt() {
        registry.makeCounter(label: "hits", dimensions: [("l", "1")]).increment(by: 1)
        #expect(!registry.render().contains("turned_away"))
    }

    @Test func aNameKeepsTheKindThatUsedItFirst() {
        registry.makeCounter(label: "jobs", dimensions: []).increment(by: 1)
        let stranger = registry.makeMeter(label: "jobs_total", dimensions: [])
        stranger.set(99.0)
        registry.makeMeter(label: "jobs_total", dimensions: [("l", "1")]).set(99.0)
        #expect(value("jobs_total") == "1")
        #expect(!registry.render().contains("99"))
    }

    @Test(arguments: [-1, -.infinity, .infinity, .nan] as [Double])
    func countersOnlyGrow(amount: Double) {
        let counter = registry.makeFloatingPointCounter(label: "c", dimensions: [])
        counter.increment(by: 2)
        counter.increment(by: amount)
        registry.makeCounter(label: "c", dimensions: []).increment(by: -1)
        #expect(value("c_total") == "2")
    }

    @Test func aCounterStaysExactBeyondTheReachOfADouble() {
        let counter = registry.makeCounter(label: "c", dimensions: [])
        counter.increment(by: 1 << 53)
        counter.increment(by: 1)
        #expect(value("c_total") == "9007199254740993")
    }

    @Test func resetCountersStartAtZero() {
        let counter = registry.makeCounter(label: "c", dimensions: [])
        counter.increment(by: 5)
        counter.reset()
        #expect(value("c_total") == "0")
    }

    @Test func destroyedMetricsLeaveTheText() {
        let counter = registry.makeCounter(label: "c", dimensions: [("l", "1")])
        let meter = registry.makeMeter(label: "m", dimensions: [])
        let timer = registry.makeTimer(label: "t", dimensions: [])
        let recorder = registry.makeRecorder(label: "r", dimensions: [], aggregate: false)
        let sum = registry.makeFloatingPointCounter(label: "f", dimensions: [])
        registry.makeCounter(label: "c", dimensions: [("l", "2")]).increment(by: 1)

        registry.destroyCounter(counter)
        registry.destroyMeter(meter)
        registry.destroyTimer(timer)
        registry.destroyRecorder(recorder)
        registry.destroyFloatingPointCounter(sum)

        #expect(registry.render() == "# HELP c_total c\n# TYPE c_total counter\nc_total{l=\"2\"} 1\n")
    }

    @Test func theSeriesForAllOthersIsNeverForgotten() {
        var last: (any CounterHandler)?
        for index in 1...101 {
            last = registry.makeCounter(label: "hits", dimensions: [("l", "\(index)")])
            last?.increment(by: 1)
        }
        if let last { registry.destroyCounter(last) }
        #expect(value(#"hits_total{l="other"}"#) == "1")
    }

    @Test func aBoundBelongsToItsBucket() {
        registry.makeTimer(label: "t", dimensions: []).recordNanoseconds(500_000)
        #expect(value(#"t_seconds_bucket{le="0.0005"}"#) == "1")
    }

    private func value(_ sample: String) -> String? {
        let lines = registry.render().split(separator: "\n")
        return lines.first { $0.hasPrefix(sample + " ") }.map { String($0.dropFirst(sample.count + 1)) }
    }
}
