// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The requests, as the bytes to send, made before the clock starts.
struct RequestTexts {
    private let bytes: UnsafeMutableRawBufferPointer
    private let ends: [Int]

    /// - Parameter lines: a path each, and behind tabs the headers that only this path gets.
    init(method: String, host: String, lines: [Substring], headers: [String], body: [UInt8]?) throws {
        var texts: [UInt8] = []
        var ends: [Int] = []
        for line in lines {
            let fields = line.split(separator: "\t")
            guard let path = fields.first, path.hasPrefix("/") else { throw BenchFault("a path starts with /, but this doesn't: \(line)") }
            var head = ["\(method) \(path) HTTP/1.1", "Host: \(host)"] + headers + fields.dropFirst().map(String.init)
            if let body { head.append("Content-Length: \(body.count)") }
            texts += Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
            ends.append(texts.count)
        }
        guard !ends.isEmpty else { throw BenchFault("no path to ask for") }
        bytes = .allocate(byteCount: texts.count, alignment: 1)
        bytes.copyBytes(from: texts)
        self.ends = ends
    }

    /// The request with this number; after the last path comes the first again.
    subscript(number: Int) -> UnsafeRawBufferPointer {
        let place = number % ends.count
        return UnsafeRawBufferPointer(rebasing: bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]])
    }
}
