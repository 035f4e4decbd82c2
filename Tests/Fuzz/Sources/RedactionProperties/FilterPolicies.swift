// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Redaction

/// The policies that the first letter of a filter input chooses. A letter keeps its meaning, as recorded cases depend on it.
enum FilterPolicies {
    struct Prepared: Sendable {
        let text: String
        let policy: Policy
        let reference: ReferencePolicy
    }

    static func prepare(_ text: String) -> Prepared? {
        guard let policy = try? Policy(name: "fuzzed", file: "fuzzed", text: text), let reference = ReferencePolicy(text) else {
            return nil
        }
        return Prepared(text: text, policy: policy, reference: reference)
    }

    static func policy(_ letter: UInt8) -> Prepared {
        prepared[letter] ?? prepared[sorted[Int(letter) % sorted.count]]!  // the letters are the dictionary's own
    }

    private static let sorted = prepared.keys.sorted()

    private static let prepared: [UInt8: Prepared] = {
        var prepared: [UInt8: Prepared] = [:]
        for (letter, text) in written.merging(shipped.mapValues(text), uniquingKeysWith: { $1 }) {
            // A policy of this table that is refused is named here; `try!` prints its faults.
            let policy = try! Policy(name: letter, file: letter, text: text)
            prepared[letter.utf8.first!] = Prepared(text: text, policy: policy, reference: ReferencePolicy(text)!)
        }
        return prepared
    }()

    private static let shipped: [String: String] = [
        "c": "cartlink", "o": "vtex-orderform", "m": "vtex-orderform-masked", "s": "spryker-cart",
    ]

    private static func text(of name: String) -> String {
        // The repository's root, five levels above this file.
        let root = #filePath.split(separator: "/").dropLast(5).map { "/" + $0 }.joined()
        return String(decoding: try! Data(contentsOf: URL(filePath: "\(root)/config/policies/\(name).policy")), as: UTF8.self)
    }

    private static let written: [String: String] = [
        "a": "** public show show show",
        "d": """
        card.tail personal mask:tail mask:name show
        card.name personal mask:name mask:tail show
        mail personal mask:email mask:email show
        lines[][] personal mask:street mask:place show
        secret personal mask:hidden mask:hidden show
        """,
        "n": "zzz public show show show",
        "w": "*.b public show drop show\na.* public drop show show\n*.*.c public show show drop\na.d.e public drop show show",
        "g": "custom.** opaque drop drop show\ncustom.giftWrap public show show show",
        "e": """
        list[id=x].v public show show show
        list[].v public scrub scrub show
        list[].id public show show show
        list[id=y].id public show show show
        list[id=y].** personal drop drop show
        list[][id=x].id public show show show
        """,
        "f": "** public scrub scrub scrub",
        "k": "o.* public scrub scrub show\no.fixed public show show show\no.*.** opaque drop scrub show",
        "l": "* public link link show\n*.l[] public link link link",
        "p": "p.* public show:price show show\np.q.r public show:price show:price show\nq[] public show:price drop drop",
        "x": "** opaque drop drop show\na.** public show show show\na.b.** personal drop drop show\na.b.c public show show drop",
    ]
}
