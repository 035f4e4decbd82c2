// SPDX-License-Identifier: Apache-2.0

import Foundation
import Redaction
import SeededRandomness
import Testing

/// What must hold for every cart: carts are made from the sample by a seed.
@Suite struct ProjectionPropertyTests {
    static let seeds: ClosedRange<UInt64> = 1...25
    static let policies = SampleCarts.policies

    @Test("projecting twice equals projecting once, and the result is JSON", arguments: seeds, policies)
    func isIdempotent(seed: UInt64, name: String) throws {
        let policy = try SampleCarts.policy(name)
        var random = SeededGenerator(seed: seed)
        let cart = Self.mutated(try Self.sample(name), by: &random)
        for viewer in Viewer.allCases {
            for showPrices in [true, false] {
                let options = ProjectionOptions(showPrices: showPrices, linkHosts: ["shop.example"])
                let once = try policy.project(Self.bytes(cart), for: viewer, options: options)
                #expect(try policy.project(once, for: viewer, options: options) == once)
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(once)) }
                #expect(try policy.projectReporting(Self.bytes(cart), for: viewer, options: options).bytes == once)
            }
        }
    }

    @Test("everything in the output is in the cart at the same path, and shown by a line", arguments: seeds, policies)
    func outputIsPartOfTheCart(seed: UInt64, name: String) throws {
        let policy = try SampleCarts.policy(name)
        var random = SeededGenerator(seed: seed)
        let cart = Self.mutated(try Self.sample(name), by: &random)
        let allowed = try Self.paths(
            JSONSerialization.jsonObject(
                with: Data(policy.project(Self.bytes(Self.sample(name)), for: .guest, options: SampleCarts.options))
            )
        )
        let seen = try Self.paths(
            JSONSerialization.jsonObject(with: Data(policy.project(Self.bytes(cart), for: .guest, options: SampleCarts.options)))
        )
        // Of coordinates the sample leaves nothing, as masked numbers go; a text in their place would stay, as stars.
        let extra = seen.subtracting(allowed).filter { path in
            !path.hasSuffix(".geoCoordinates[]")
                && !Self.freeNames.contains { path.hasPrefix($0) && !path.dropFirst($0.count).contains(".") }
        }
        #expect(extra.isEmpty)
    }

    /// Two carts that differ only in what guests don't get: other values, other shapes, or nothing at all in those places.
    /// Masks do leave a trace, which is why they are the shop's choice.
    @Test("what is withheld leaves no trace", arguments: seeds, policies.filter { $0 != "vtex-orderform-masked" })
    func doesNotInterfere(seed: UInt64, name: String) throws {
        let policy = try SampleCarts.policy(name)
        var random = SeededGenerator(seed: seed)
        let cart = try Self.sample(name)
        let other = Self.changingCanaries(cart, by: &random)
        #expect(Self.bytes(cart) != Self.bytes(other))
        let first = try policy.project(Self.bytes(cart), for: .guest, options: SampleCarts.options)
        let second = try policy.project(Self.bytes(other), for: .guest, options: SampleCarts.options)
        #expect(String(decoding: first, as: UTF8.self) == String(decoding: second, as: UTF8.self))
    }

    // MARK: Making carts

    private static func sample(_ name: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(SampleCarts.cart(for: name).utf8))
    }

    private static func bytes(_ cart: Any) -> [UInt8] {
        [UInt8](try! JSONSerialization.data(withJSONObject: cart, options: [.sortedKeys, .withoutEscapingSlashes]))
    }

    /// The cart with members renamed, moved, repeated elsewhere or of another shape.
    private static func mutated(_ value: Any, by random: inout SeededGenerator, isRoot: Bool = true) -> Any {
        let dice = isRoot ? 24 : Int.random(in: 0..<24, using: &random)
        switch value {
        case let object as [String: Any]:
            var changed: [String: Any] = [:]
            for key in object.keys.sorted() {
                let renamed = Int.random(in: 0..<20, using: &random) == 0 ? object.keys.sorted().randomElement(using: &random)! + "2" : key
                changed[renamed] = mutated(object[key]!, by: &random, isRoot: false)
            }
            return dice == 0 ? [changed] : changed
        case let array as [Any]:
            let changed = array.map { mutated($0, by: &random, isRoot: false) }
            return dice == 0 ? ["list": changed] : dice == 1 ? changed + changed : changed
        default:
            switch dice {
            case 0: return ["nested": value]
            case 1: return [value]
            case 2: return NSNull()
            case 3: return "call +34 612 345 678"
            case 4: return 612_345_678
            default: return value
            }
        }
    }

    private static func changingCanaries(_ value: Any, by random: inout SeededGenerator) -> Any {
        switch value {
        case let object as [String: Any]:
            var changed: [String: Any] = [:]
            for key in object.keys.sorted() {
                let child = object[key]!
                if isCanary(child) {
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: break
                    case 1: changed[key] = ["deep": ["a": 1]]
                    case 2: changed[key] = ["x", 2, ["y": NSNull()]]
                    default: changed[key] = String(repeating: "z", count: Int.random(in: 0..<40, using: &random))
                    }
                } else {
                    changed[key] = changingCanaries(child, by: &random)
                }
            }
            return changed
        case let array as [Any]:
            return array.map { changingCanaries($0, by: &random) }
        default:
            return value
        }
    }

    private static func isCanary(_ value: Any) -> Bool {
        if let text = value as? String { return text.lowercased().contains("canary") }
        if let number = value as? NSNumber { return "\(number)".hasSuffix("77") }
        return false
    }

    /// The names on the way to every value, array positions left out.
    private static func paths(_ value: Any, _ prefix: String = "") -> Set<String> {
        switch value {
        case let object as [String: Any]:
            object.reduce(into: [prefix]) { $0.formUnion(paths($1.value, prefix + "." + $1.key)) }
        case let array as [Any]:
            array.reduce(into: [prefix]) { $0.formUnion(paths($1, prefix + "[]")) }
        default: [prefix]
        }
    }

    /// Where a `*` lets any name through, with a scalar beneath it.
    private static let freeNames = [
        ".items[].options.", ".items[].productCategories.", ".items[].additionalInfo.dimension.",
        ".storePreferencesData.currencyFormatInfo.",
    ]
}
