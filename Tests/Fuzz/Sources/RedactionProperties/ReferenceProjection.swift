// SPDX-License-Identifier: Apache-2.0

import Redaction

/// What a viewer sees of a document by the words of `docs/policies.md`, worked out on a tree, slowly. What `scrub` and masks
/// make of a text is asked of the real ones.
final class ReferenceProjection {
    private let policy: ReferencePolicy
    private let viewer: Viewer
    private let options: ProjectionOptions
    private var actions: [ReferencePlace: String] = [:]
    private var visible: [ReferencePlace: (object: Bool, array: Bool)] = [:]
    private var scrubbing: [ReferencePlace: Bool] = [:]
    private var document: [UInt8] = []

    /// How many scalars other than null were withheld or changed in the last document.
    private(set) var withheld = 0

    init(_ policy: ReferencePolicy, for viewer: Viewer, _ options: ProjectionOptions) {
        self.policy = policy
        self.viewer = viewer
        self.options = options
    }

    /// - Parameter tree: what `document` holds; an object.
    func project(_ document: [UInt8], _ tree: JSONTree) -> [UInt8] {
        self.document = document
        withheld = 0
        guard case .object(let members) = tree.content else { return [] }
        return object(members, at: .root(of: policy))
    }

    // MARK: Values

    private func object(_ members: [JSONTree.Member], at place: ReferencePlace) -> [UInt8] {
        let shown = members.compactMap { member -> [UInt8]? in
            guard let value = value(member.value, at: memberPlace(member.name, at: place)) else { return nil }
            return document[member.nameRange] + [UInt8(ascii: ":")] + value
        }
        return [UInt8(ascii: "{")] + shown.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")]
    }

    private func value(_ tree: JSONTree, at place: ReferencePlace) -> [UInt8]? {
        switch tree.content {
        case .object(let members):
            guard stays(place).object else { return drop(tree) }
            return object(members, at: place)
        case .array(let elements):
            guard stays(place).array else { return drop(tree) }
            let shown = elements.compactMap { value($0, at: elementPlace($0, at: place)) }
            return [UInt8(ascii: "[")] + shown.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
        case .word, .number, .string:
            let raw = Array(document[tree.range])
            guard let visible = scalar(tree, raw, at: place) else { return drop(tree) }
            if visible != raw { withheld += 1 }
            return visible
        }
    }

    private func drop(_ tree: JSONTree) -> [UInt8]? {
        switch tree.content {
        case .object(let members): for member in members { _ = drop(member.value) }
        case .array(let elements): for element in elements { _ = drop(element) }
        case .word("null"): break
        case .word, .number, .string: withheld += 1
        }
        return nil
    }

    private func scalar(_ tree: JSONTree, _ raw: [UInt8], at place: ReferencePlace) -> [UInt8]? {
        if case .word("null") = tree.content, stays(place).object || stays(place).array { return raw }
        switch (action(at: place), tree.content) {
        case ("show", _): return raw
        case ("scrub", .string(let text)):
            let clean = Scrubber().scrubbed(text)
            return clean == text ? raw : MinimalJSON.string(clean)
        case ("scrub", _):
            return Scrubber().scrubbed(raw) == raw ? raw : nil
        case ("link", .string(let text)): return ReferenceLink.isSafe(text, hosts: options.linkHosts) ? raw : nil
        case (let action, .string(let text)) where action.hasPrefix("mask:"): return MaskProbe.apply(action, to: text)
        case (let action, .word("null")) where action.hasPrefix("mask:"): return raw
        default: return nil
        }
    }

    // MARK: Places

    private func memberPlace(_ name: [UInt8], at place: ReferencePlace) -> ReferencePlace {
        let isWritten = place.next(in: policy).contains(.name(name))
        let child = place.member(name, in: policy)
        // A name that only `*` or `**` reaches is as free as the text it leads to.
        if !isWritten, scrubs(child), Scrubber().scrubbed(name) != name {
            return ReferencePlace(depth: child.depth, lines: [])
        }
        return child
    }

    private func elementPlace(_ element: JSONTree, at place: ReferencePlace) -> ReferencePlace {
        place.element(in: policy) { member, value in
            guard case .object(let members) = element.content, let found = members.first(where: { $0.name == member }) else { return false }
            if case .string(let text) = found.value.content { return text == value }
            return false
        }
    }

    /// The action of the line that rules scalars here: of the closest lines one that ends here, else one that has come to its `**`.
    private func action(at place: ReferencePlace) -> String {
        if let known = actions[place] { return known }
        let closest = place.closest(in: policy).map { policy.lines[$0] }
        let exact = closest.first { ReferencePlace.next($0, at: place.depth) == nil }
        let ruling = exact ?? closest.first { ReferencePlace.next($0, at: place.depth) == .rest }
        let action = ruling?.action(for: viewer, showPrices: options.showPrices) ?? "drop"
        actions[place] = action
        return action
    }

    /// Whether an object, an array stays here: where a closest line expects one, and something beneath may be shown.
    private func stays(_ place: ReferencePlace) -> (object: Bool, array: Bool) {
        if let known = visible[place] { return known }
        if place.depth > policy.longest { return (action(at: place) != "drop", action(at: place) != "drop") }
        let result = (
            object: memberPlaces(beneath: place).contains(where: mayShow), array: elementPlaces(beneath: place).contains(where: mayShow)
        )
        visible[place] = result
        return result
    }

    private func mayShow(_ place: ReferencePlace) -> Bool {
        action(at: place) != "drop" || stays(place).object || stays(place).array
    }

    /// Whether a text here or beneath is scrubbed.
    private func scrubs(_ place: ReferencePlace) -> Bool {
        if let known = scrubbing[place] { return known }
        let beneath = memberPlaces(beneath: place) + elementPlaces(beneath: place)
        let result = action(at: place) == "scrub" || beneath.contains(where: scrubs)
        scrubbing[place] = result
        return result
    }

    /// One place for each name that matters and one for all others; none where no object may stand.
    private func memberPlaces(beneath place: ReferencePlace) -> [ReferencePlace] {
        guard place.depth <= policy.longest, expects(place, { $0 == .anyName || $0 == .rest || $0.isName }) else { return [] }
        let names = place.next(in: policy).compactMap { part in if case .name(let name) = part { name } else { nil } }
        return [place.member(nil, in: policy)] + Set(names).map { place.member($0, in: policy) }
    }

    private func elementPlaces(beneath place: ReferencePlace) -> [ReferencePlace] {
        guard place.depth <= policy.longest, expects(place, { $0 == .element || $0 == .rest || $0.isChosen }) else { return [] }
        let chosen = place.next(in: policy).filter(\.isChosen)
        return [place.element(in: policy) { _, _ in false }]
            + Set(chosen).map { part in place.element(in: policy) { part == .chosen(member: $0, value: $1) } }
    }

    private func expects(_ place: ReferencePlace, _ isExpected: (ReferencePolicy.Part) -> Bool) -> Bool {
        place.closest(in: policy).contains { ReferencePlace.next(policy.lines[$0], at: place.depth).map(isExpected) ?? false }
    }
}
