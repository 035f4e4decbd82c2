// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction
import Testing

/// What a guest sees of one text under one kind of mask, by way of a policy and a projection.
struct Masked {
    static let kinds = ["hidden", "email", "tail", "name", "place", "street"]

    private static let policies = Dictionary(
        uniqueKeysWithValues: kinds.map { kind in
            (kind, try! Policy(name: kind, file: kind, text: "a personal mask:\(kind) mask:\(kind) show"))
        }
    )

    /// The member's value in the projection of `{"a":<raw>}`.
    static func raw(_ raw: [UInt8], as kind: String) throws -> [UInt8] {
        let policy = try #require(policies[kind])
        let bytes = try policy.project(Array(#"{"a":"#.utf8) + raw + Array("}".utf8), for: .guest)
        #expect(try policy.project(Array(#"{"a":"#.utf8) + raw + Array("}".utf8), for: .member) == bytes)
        return Array(bytes.dropFirst(#"{"a":"#.utf8.count).dropLast())
    }

    static func text(_ text: String, as kind: String) throws -> String {
        let encoded = try JSONEncoder().encode(text)
        return try JSONDecoder().decode(String.self, from: Data(raw(Array(encoded), as: kind)))
    }
}
