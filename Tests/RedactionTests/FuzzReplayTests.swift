// SPDX-License-Identifier: Apache-2.0

import Foundation
import RedactionProperties
import SeededRandomness
import Testing

/// The fuzzers' properties on the inputs that once broke them, on their seeds, and on some made by chance. `Tests/Fuzz` has the rest.
@Suite struct FuzzReplayTests {
    static let targets: [String: @Sendable ([UInt8]) throws -> Void] = [
        "filter": { try FilterProperty.check($0) }, "policy": { try PolicyProperty.check($0) },
        "scrubber": { try ScrubberProperty.check($0) },
    ]

    @Test("inputs that once failed", arguments: try! Self.files(in: "Tests/RedactionTests/FailCases"))
    func failCase(file: String) throws {
        try Self.check(file)
    }

    @Test("the fuzzers' seeds", arguments: try! Self.files(in: "Tests/Fuzz/Corpus"))
    func seed(file: String) throws {
        try Self.check(file)
    }

    /// Behind a `~` the bytes decide what policy and document are made.
    @Test("made policies and documents", arguments: 1...150 as ClosedRange<UInt64>)
    func made(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 20..<240, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        try FilterProperty.check([UInt8(ascii: "~")] + bytes)
        if seed % 5 == 0 { try PolicyProperty.check([UInt8(ascii: "~")] + bytes) }
    }

    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    /// `folder/target/name` for every file.
    private static func files(in folder: String) throws -> [String] {
        try targets.keys.sorted().flatMap { target in
            try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "\(folder)/\(target)").path).sorted()
                .map { "\(folder)/\(target)/\($0)" }
        }
    }

    private static func check(_ file: String) throws {
        let target = String(file.split(separator: "/").dropLast().last!)  // files(in:) puts it there
        let property = try #require(targets[target])
        try property([UInt8](Data(contentsOf: root.appending(path: file))))
    }
}
