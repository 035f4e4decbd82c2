// SPDX-License-Identifier: Apache-2.0

import Logging
import Metrics
import ServiceLifecycle
import UnixSignals

/// Something that SIGHUP reads again, all or nothing: when it throws, what was in force stays.
protocol Reloading: Sendable {
    /// Plural, for the log and as the metrics' label.
    var what: String { get }

    /// What is in force now, for the log.
    func reload() async throws(Refusal) -> Logger.Metadata
}

/// Reads files again on SIGHUP, one after another.
struct Reload: Service {
    let parts: [any Reloading]
    let logger: Logger

    func run() async throws {
        for part in parts {
            Self.succeeded(part).record(1)
            Self.failures(part).increment(by: 0)
        }
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            for part in parts { await reload(part) }
        }
    }

    private func reload(_ part: any Reloading) async {
        do throws(Refusal) {
            let facts = try await part.reload()
            Self.succeeded(part).record(1)
            logger.notice("\(part.what) reloaded", metadata: facts)
        } catch {
            Self.succeeded(part).record(0)
            Self.failures(part).increment()
            logger.error("\(part.what) not reloaded; the old ones stay", metadata: ["cause": "\(Self.cause(error.lines))"])
        }
    }

    private static func failures(_ part: any Reloading) -> Counter {
        Counter(label: "cartlink.reload.failures", dimensions: [("what", part.what)])
    }

    /// A file of another kind can have a fault in each of thousands of lines.
    private static func cause(_ lines: [String]) -> String {
        let rest = lines.count - 20
        return lines.prefix(20).joined(separator: "; ") + (rest > 0 ? "; and \(rest) more: cartlink check tells all" : "")
    }

    /// 1 while the last reload of this part did what it should.
    private static func succeeded(_ part: any Reloading) -> Gauge {
        Gauge(label: "cartlink.reload.succeeded", dimensions: [("what", part.what)])
    }
}
