// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Sends requests at a fixed rate and measures how long answers take.",
        discussion: """
            Request i is due at start + i / rate; where no connection is free it waits, and its latency counts from when it was due. \
            Without --rate all are due at once, and only latencies from the sending mean something. FILE has one path a line, taken in turns; behind tabs may stand headers for that path alone. Prints one line of JSON.
            """
    )

    @Option(help: "An IPv4 address and a port.") var address = "127.0.0.1:8080"
    @Option(help: "The file with the paths.") var paths: String
    @Option(help: "Requests a second; left out, the next is sent as soon as a connection is free.") var rate: Double?
    @Option(help: "How many connections are kept open.") var connections = 64
    @Option(help: "How long, in seconds.") var seconds = 5.0
    @Option(help: "How many requests, in place of --seconds.") var requests: Int?
    @Option(help: "How many seconds at the same rate come before and aren't counted.") var warmUp = 0.0
    @Option(help: "Seconds that a request may wait for a connection, and then for its answer.") var timeOut = 5.0
    @Option var method = "GET"
    @Option(help: "A header of all requests, 'Name: value'; may be given more than once.") var header: [String] = []
    @Option(help: "A file with the body of all requests; it is sent as JSON unless a header says else.") var body: String?

    func validate() throws {
        guard rate != nil || requests != nil else { throw ValidationError("name --rate, --requests or both") }
        guard schedule > 0, schedule <= Self.asFastAsItGoes else { throw ValidationError("--rate is more than 0, up to 10 million") }
        guard (1...50_000).contains(connections) else { throw ValidationError("--connections is 1 to 50000") }
        guard seconds > 0, seconds <= 3600, warmUp >= 0, warmUp <= 3600, timeOut > 0 else {
            throw ValidationError("--seconds is up to 3600, --warm-up too")
        }
        guard requests ?? 1 > 0, requests == nil || warmUp == 0 else {
            throw ValidationError("--requests is positive and has no --warm-up")
        }
        guard method != "HEAD" else { throw ValidationError("HEAD can't be measured: its answers tell a length and have no body") }
    }

    /// All of it is due at once: only free connections hold it back.
    private static let asFastAsItGoes = 10e6
    private var schedule: Double { rate ?? Self.asFastAsItGoes }

    func run() throws {
        let lines = String(decoding: try CartFile(path: paths).bytes, as: UTF8.self).split(separator: "\n")
        let bytes = try body.map { try CartFile(path: $0).bytes }
        let isTyped = bytes == nil || header.contains { $0.lowercased().hasPrefix("content-type:") }
        let texts = try RequestTexts(
            method: method,
            host: address,
            lines: lines,
            headers: header + (isTyped ? [] : ["Content-Type: application/json"]),
            body: bytes
        )
        var loop = try OpenLoop(
            requests: texts,
            address: SocketAddress(address),
            connections: connections,
            rate: schedule,
            warmUp: Int(schedule * warmUp),
            total: self.requests ?? Int(schedule * (warmUp + seconds)),
            timeOut: Int64(timeOut * 1e9),
            patience: rate == nil ? .max : Int64(timeOut * 1e9)
        )
        print(LoadReport(try loop.run(), rate: rate, connections: connections).line)
    }
}
