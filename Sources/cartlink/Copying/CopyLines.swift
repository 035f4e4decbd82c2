// SPDX-License-Identifier: Apache-2.0

import Foundation
import StoreSQL

/// Tells on standard error how far a copy is: in one line that changes on a terminal, else in a line every few seconds.
final class CopyLines {
    private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
    private var began = ContinuousClock.now
    private var said = ContinuousClock.now
    private var table: String?

    func tell(_ progress: CopyProgress) {
        let now = ContinuousClock.now
        if table != progress.table {
            table = progress.table
            began = now
            said = now
        }
        let isDone = progress.done == progress.total
        guard isDone || said.duration(to: now) > (isTerminal ? .milliseconds(200) : .seconds(3)) else { return }
        said = now
        let seconds = max(began.duration(to: now) / .seconds(1), 0.001)
        let rate = Int(Double(progress.done) / seconds)
        let text = "\(progress.stage.rawValue) \(progress.table): \(progress.done) of \(progress.total) rows, \(rate)/s"
        // The line before is overwritten, and what of it is longer erased.
        let line = isTerminal ? "\r\(text)\u{1B}[K\(isDone ? "\n" : "")" : text + "\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
