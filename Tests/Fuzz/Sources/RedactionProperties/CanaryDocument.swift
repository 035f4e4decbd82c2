// SPDX-License-Identifier: Apache-2.0

/// Documents that visit the places a policy speaks of, and their neighbours: every name its lines write, one that none writes,
/// and at each place in turn a text, an object and an array.
struct CanaryDocument {
    private let policy: ReferencePolicy
    private let variant: Int
    private let deepest: Int
    private var text: [UInt8] = []
    /// How many values there are so far.
    private var count = 0
    private static let limit = 300

    /// - Parameter variant: 0, 1 or 2; each puts another kind of value in a place.
    static func bytes(for policy: ReferencePolicy, variant: Int) -> [UInt8] {
        var document = CanaryDocument(policy, variant)
        document.object(at: .root(of: policy), chosen: nil)
        return document.text
    }

    private init(_ policy: ReferencePolicy, _ variant: Int) {
        self.policy = policy
        self.variant = variant
        deepest = min(policy.longest, 8) + 1
    }

    private mutating func value(at place: ReferencePlace, chosen: (member: [UInt8], value: [UInt8])?) {
        count += 1
        if chosen != nil { return object(at: place, chosen: chosen) }
        let next = place.next(in: policy)
        let wanted = place.depth >= deepest || count > Self.limit ? 0 : (variant + place.depth + place.lines.count) % 3
        // A place that leads on is followed in most variants.
        if wanted != 0 || variant == 1, place.depth < deepest, count <= Self.limit {
            if next.contains(where: { $0 == .element || $0.isChosen }) { return array(at: place) }
            if next.contains(where: { $0 == .anyName || $0.isName }) { return object(at: place, chosen: nil) }
            if wanted == 1 { return object(at: place, chosen: nil) }
            if wanted == 2 { return array(at: place) }
        }
        let scalars = [
            #""canary""#, #""mail ann\#(count)@mail.example""#, "\(count)", "null", #""https://shop.example/\#(count)""#, "true",
        ]
        text += scalars[count % scalars.count].utf8
    }

    private mutating func object(at place: ReferencePlace, chosen: (member: [UInt8], value: [UInt8])?) {
        var names = place.next(in: policy).compactMap { part in if case .name(let name) = part { name } else { nil } }
        names = Array(Set(names)).sorted { $0.lexicographicallyPrecedes($1) }.prefix(12) + [Array("other \(count)".utf8)]
        text.append(UInt8(ascii: "{"))
        if let chosen {
            text += MinimalJSON.string(chosen.member) + [UInt8(ascii: ":")] + MinimalJSON.string(chosen.value)
            names.removeAll { $0 == chosen.member }
        }
        for (index, name) in names.enumerated() {
            if index > 0 || chosen != nil { text.append(UInt8(ascii: ",")) }
            text += MinimalJSON.string(name) + [UInt8(ascii: ":")]
            value(at: place.member(name, in: policy), chosen: nil)
        }
        text.append(UInt8(ascii: "}"))
    }

    private mutating func array(at place: ReferencePlace) {
        text.append(UInt8(ascii: "["))
        for part in Set(place.next(in: policy)).sorted(by: { "\($0)" < "\($1)" }).prefix(6) {
            guard case .chosen(let member, let value) = part else { continue }
            self.value(at: place.element(in: policy) { ($0, $1) == (member, value) }, chosen: (member, value))
            text.append(UInt8(ascii: ","))
        }
        value(at: place.element(in: policy) { _, _ in false }, chosen: nil)
        text.append(UInt8(ascii: "]"))
    }
}
