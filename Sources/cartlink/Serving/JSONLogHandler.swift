// SPDX-License-Identifier: Apache-2.0

import Foundation
package import Logging
import ShareLinks
import Synchronization

/// Writes each log line as one JSON object, so that no text of a request can forge a line.
package struct JSONLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel: Logger.Level
    private let label: String

    package init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let line = Self.line(event, with: metadata, at: Clock.now())
        line.bytes.withUnsafeBytes { bytes in
            // One write a line keeps lines of several threads apart; only what a pipe or a signal cut off needs another.
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { return }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// The line of an event: what it brings wins over the logger's own metadata, and nothing over the line's own parts.
    static func line(_ event: LogEvent, with metadata: Logger.Metadata, at now: Timestamp) -> LogLine {
        var members: [(name: String, value: String)] = []
        members.reserveCapacity(3 + metadata.count + (event.metadata?.count ?? 0))
        members.append(("level", event.level.rawValue))
        members.append(("message", event.message.description))
        members.append(("time", text(of: now)))
        func add(_ metadata: Logger.Metadata) {
            for (key, value) in metadata {
                let name = key == "hb.request.id" ? "requestId" : key
                // The few names of a line are compared sooner than hashed.
                guard !members.contains(where: { $0.name == name }) else { continue }
                members.append((name, value.description))
            }
        }
        if let own = event.metadata { add(own) }
        add(metadata)
        return LogLine(members)
    }

    /// The second that lines were last written in; most lines share it with the one before.
    private static let lastSecond = Mutex((second: Int64.min, text: ""))

    private static func text(of moment: Timestamp) -> String {
        lastSecond.withLock { last in
            if last.second != moment.seconds { last = (moment.seconds, moment.description) }
            return last.text
        }
    }
}
