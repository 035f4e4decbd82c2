// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A child process that takes a data folder's lock as util-linux's `flock` does.
struct Child {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Runs a shell command under the lock; exits with 1 at once where the lock is taken.
    static func lock(_ folder: String, thenRun command: String) throws -> Child {
        let child = Child()
        child.process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        child.process.arguments = ["--nonblock", folder + "/cartlink.lock", "sh", "-c", command]
        child.process.standardInput = child.input
        child.process.standardOutput = child.output
        try child.process.run()
        return child
    }

    func readLine() -> String {
        var line: [UInt8] = []
        while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    func closeInputAndWait() -> Int32 {
        try? input.fileHandleForWriting.close()
        return waitForExit()
    }

    func waitForExit() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}
