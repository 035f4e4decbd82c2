// SPDX-License-Identifier: Apache-2.0

import Yams

/// Reads a YAML file key by key: strictly, and collecting everything that is wrong with it.
///
/// A scalar may come from the environment instead: `links.external.maxLifetime` from `CARTLINK_LINKS_EXTERNAL_MAX_LIFETIME`.
struct SettingReader {
    private let root: Node?
    private let environment: [String: String]
    private let file: String
    private var known: Set<String> = []
    private(set) var faults: [String] = []

    init(yaml text: String, file: String, environment: [String: String]) {
        self.file = file
        self.environment = environment
        do {
            root = try Yams.compose(yaml: text)
            if let root, root.mapping == nil { add("the file must be a YAML mapping, key: value", at: root) }
        } catch {
            root = nil
            add("this is not YAML: \(error)", at: nil)
        }
    }

    /// A fault of a key that isn't there or of one that is; `node` gives the line.
    mutating func add(_ text: String, at node: Node?) {
        let line = node?.mark.map { ":\($0.line)" } ?? ""
        faults.append("\(file)\(line): \(text)")
    }

    /// Faults of a file that the configuration names.
    mutating func add(_ others: SettingsFaults) {
        faults += others.lines
    }

    mutating func add(_ text: String, key: String) {
        add("\(key) \(text)", at: node(at: key))
    }

    mutating func string(_ key: String) -> String? {
        known.insert(key)
        if let value = environment[Self.variable(for: key)] { return value }
        guard let node = node(at: key), node.null == nil else { return nil }
        guard let scalar = node.scalar else {
            add("\(key) must be a single value", at: node)
            return nil
        }
        return scalar.string
    }

    /// A value that `parse` understands, `fallback` where the key is absent.
    mutating func value<Value>(_ key: String, _ fallback: Value, _ form: String, _ parse: (String) -> Value?) -> Value {
        guard let text = string(key) else { return fallback }
        guard let value = parse(text) else {
            add("must be \(form)", key: key)
            return fallback
        }
        return value
    }

    mutating func bool(_ key: String, _ fallback: Bool) -> Bool {
        value(key, fallback, "true or false") { ["true": true, "false": false][$0] }
    }

    mutating func strings(_ key: String) -> [String]? {
        known.insert(key)
        guard let node = node(at: key), node.null == nil else { return nil }
        guard let texts = node.sequence?.map({ $0.scalar?.string }), !texts.contains(nil) else {
            add("\(key) must be a list of values", at: node)
            return nil
        }
        return texts.compactMap { $0 }
    }

    /// The keys of a list's elements, each to be read as `key[index].name`.
    mutating func elements(_ key: String) -> [String] {
        known.insert(key)
        guard let node = node(at: key), node.null == nil else { return [] }
        guard let sequence = node.sequence, sequence.allSatisfy({ $0.mapping != nil }) else {
            add("\(key) must be a list of mappings", at: node)
            return []
        }
        return sequence.indices.map { "\(key)[\($0)]" }
    }

    mutating func has(_ key: String) -> Bool {
        known.insert(key)
        return environment[Self.variable(for: key)] != nil || node(at: key).map { $0.null == nil } ?? false
    }

    /// Adds a fault for every key of the file that nobody asked for.
    mutating func refuseUnknownKeys() {
        guard let root else { return }
        refuseUnknownKeys(of: root, at: "")
    }

    private mutating func refuseUnknownKeys(of node: Node, at path: String) {
        if let mapping = node.mapping {
            for (name, child) in mapping {
                let key = path.isEmpty ? name.scalar?.string ?? "?" : "\(path).\(name.scalar?.string ?? "?")"
                let leadsOn = known.contains { $0.hasPrefix("\(key).") || $0.hasPrefix("\(key)[") }
                if known.contains(key) || leadsOn {
                    if leadsOn { refuseUnknownKeys(of: child, at: key) }
                } else {
                    add("\(key) is not a key of this version", at: name)
                }
            }
        } else if let sequence = node.sequence {
            for (index, child) in sequence.enumerated() { refuseUnknownKeys(of: child, at: "\(path)[\(index)]") }
        }
    }

    private func node(at key: String) -> Node? {
        var node = root
        for part in key.split(separator: ".") {
            let pieces = part.split(separator: "[")
            node = node?.mapping?[Node(String(pieces[0]))]
            if pieces.count == 2, let index = Int(pieces[1].dropLast()) {
                guard let sequence = node?.sequence, sequence.indices.contains(index) else { return nil }
                node = sequence[index]
            }
        }
        return node
    }

    private static func variable(for key: String) -> String {
        var name = "CARTLINK_"
        for character in key {
            if character == "." { name += "_" } else { name += (character.isUppercase ? "_" : "") + character.uppercased() }
        }
        return name
    }
}
