// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import PrometheusMetrics
import Testing

@Suite("The text that Prometheus scrapes")
struct ExpositionTests {
    private let registry = PrometheusRegistry(help: ["http.requests": "Answers given, by route and status."])

    @Test func everyKindIsRenderedInOneOrder() {
        registry.makeTimer(label: "http.request.duration", dimensions: [("route", "/s/{token}")]).recordNanoseconds(750_000)
        registry.makeTimer(label: "http.request.duration", dimensions: [("route", "/s/{token}")]).recordNanoseconds(20_000_000_000)
        registry.makeMeter(label: "http.connections", dimensions: []).set(7.5)
        registry.makeCounter(label: "http.requests", dimensions: [("status", "410"), ("route", "/s/{token}")]).increment(by: 1)
        registry.makeCounter(label: "http.requests", dimensions: [("route", "/s/{token}"), ("status", "200")]).increment(by: 3)
        registry.makeRecorder(label: "store.batch", dimensions: [], aggregate: true).record(64 as Int64)
        registry.makeFloatingPointCounter(label: "cpu.seconds", dimensions: []).increment(by: 0.25)

        #expect(registry.render() == golden)
    }

    @Test func anEmptyRegistryRendersNothing() {
        #expect(registry.render() == "")
    }

    @Test func contentTypeNamesTheFormatsVersion() {
        #expect(PrometheusRegistry.contentType == "text/plain; version=0.0.4; charset=utf-8")
    }

    @Test(arguments: [
        (#"back\slash"#, #"back\\slash"#),
        (#"say "hi""#, #"say \"hi\""#),
        ("two\nlines", #"two\nlines"#),
        ("dos\r\nlines", "dos\r\\nlines"),
        (#"\n"#, #"\\n"#),
    ])
    func labelValuesAreEscaped(value: String, escaped: String) {
        registry.makeMeter(label: "m", dimensions: [("l", value)]).set(1 as Int64)
        #expect(samples == ["m{l=\"\(escaped)\"} 1"])
    }

    @Test func helpIsEscapedButKeepsItsQuotes() {
        let registry = PrometheusRegistry(help: ["m": "a \\ and \"quotes\"\nand lines"])
        registry.makeMeter(label: "m", dimensions: []).set(1 as Int64)
        #expect(registry.render().hasPrefix("# HELP m a \\\\ and \"quotes\"\\nand lines\n# TYPE m gauge\n"))
    }

    @Test(arguments: [
        ("links.issued", "links_issued_total"),
        ("links_issued_total", "links_issued_total"),
        ("9lives", "_9lives_total"),
        ("straße-2", "stra_e_2_total"),
        ("rule:name", "rule:name_total"),
    ])
    func namesAreMadeLegal(label: String, name: String) {
        registry.makeCounter(label: label, dimensions: []).increment(by: 1)
        #expect(samples == ["\(name) 1"])
    }

    @Test(arguments: [("http.method", "http_method"), ("le", "label_le"), ("__name__", "label_name__"), ("1st", "_1st"), ("a:b", "a_b")])
    func labelNamesAreMadeLegal(label: String, name: String) {
        registry.makeMeter(label: "m", dimensions: [(label, "x")]).set(1 as Int64)
        #expect(samples == ["m{\(name)=\"x\"} 1"])
    }

    @Test func labelsThatBecomeEqualKeepTheFirstValue() {
        registry.makeMeter(label: "m", dimensions: [("a.b", "first"), ("a_b", "second")]).set(1 as Int64)
        #expect(samples == [#"m{a_b="first"} 1"#])
    }

    @Test(
        arguments: [
            (0.0005, "0.0005"), (-2.0, "-2"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1e300, "1e+300"), (0.1, "0.1"),
        ] as [(Double, String)]
    )
    func numbersAreSpelledAsPrometheusReadsThem(value: Double, text: String) {
        registry.makeMeter(label: "m", dimensions: []).set(value)
        #expect(samples == ["m \(text)"])
    }

    private var samples: [String] {
        registry.render().split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }
}

private let golden = """
    # HELP cpu_seconds_total cpu.seconds
    # TYPE cpu_seconds_total counter
    cpu_seconds_total 0.25
    # HELP http_connections http.connections
    # TYPE http_connections gauge
    http_connections 7.5
    # HELP http_request_duration_seconds http.request.duration
    # TYPE http_request_duration_seconds histogram
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.0005"} 0
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.001"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.0025"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.005"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.01"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.025"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.05"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.1"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.25"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="0.5"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="1"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="2.5"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="5"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="10"} 1
    http_request_duration_seconds_bucket{route="/s/{token}",le="+Inf"} 2
    http_request_duration_seconds_sum{route="/s/{token}"} 20.00075
    http_request_duration_seconds_count{route="/s/{token}"} 2
    # HELP http_requests_total Answers given, by route and status.
    # TYPE http_requests_total counter
    http_requests_total{route="/s/{token}",status="200"} 3
    http_requests_total{route="/s/{token}",status="410"} 1
    # HELP store_batch store.batch
    # TYPE store_batch histogram
    store_batch_bucket{le="1"} 0
    store_batch_bucket{le="2"} 0
    store_batch_bucket{le="5"} 0
    store_batch_bucket{le="10"} 0
    store_batch_bucket{le="25"} 0
    store_batch_bucket{le="50"} 0
    store_batch_bucket{le="100"} 1
    store_batch_bucket{le="250"} 1
    store_batch_bucket{le="500"} 1
    store_batch_bucket{le="1000"} 1
    store_batch_bucket{le="2500"} 1
    store_batch_bucket{le="5000"} 1
    store_batch_bucket{le="10000"} 1
    store_batch_bucket{le="100000"} 1
    store_batch_bucket{le="1000000"} 1
    store_batch_bucket{le="+Inf"} 1
    store_batch_sum 64
    store_batch_count 1

    """
