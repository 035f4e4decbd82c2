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
            if let root, root.mapping == nil, root.null == nil { add("the file must be a YAML mapping, key: value", at: root) }
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
        if let value = value(inEnvironment: key) { return value }
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
        return value(inEnvironment: key) != nil || node(at: key).map { $0.null == nil } ?? false
    }

    /// Adds a fault for every key of the file that nobody asked for.
    mutating func refuseUnknownKeys() {
        guard let root else { return }
        refuseUnknownKeys(of: root, at: "")
    }

    private mutating func refuseUnknownKeys(of node: Node, at path: String) {
        if let mapping = node.mapping {
            for (name, child) in mapping {
                let part = name.scalar?.string ?? "?"
                let key = path.isEmpty ? part : "\(path).\(part)"
                guard !part.contains("."), !part.contains("[") else {
                    add("\(key) is not a key of this version; sections are nested", at: name)
                    continue
                }
                let isSection = known.contains { $0.hasPrefix("\(key).") }
                let isList = known.contains { $0.hasPrefix("\(key)[") }
                if isSection, child.mapping == nil, child.null == nil {
                    add("\(key) must be a mapping, like \(key): { name: value }", at: name)
                } else if isSection || isList {
                    refuseUnknownKeys(of: child, at: key)
                } else if !known.contains(key) {
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

    /// Environment variables that look like settings and are none, such as a misspelt one.
    ///
    /// They are not refused: orchestrators make variables of this form by themselves.
    var strangeVariables: [String] {
        let variables = Set(known.map(Self.variable(for:)))
        return environment.keys.filter { $0.hasPrefix("CARTLINK_") && $0 != "CARTLINK_ADMIN_KEY" && !variables.contains($0) }.sorted()
    }

    /// Elements of lists come from the file only.
    private func value(inEnvironment key: String) -> String? {
        key.contains("[") ? nil : environment[Self.variable(for: key)]
    }

    /// `shop.openURL` is `CARTLINK_SHOP_OPEN_URL`: a word begins where an upper-case letter follows a lower-case one.
    private static func variable(for key: String) -> String {
        var name = "CARTLINK_"
        var isBehindLowerCase = false
        for character in key {
            if character == "." || character == "-" {
                name += "_"
            } else {
                name += (character.isUppercase && isBehindLowerCase ? "_" : "") + character.uppercased()
            }
            isBehindLowerCase = character.isLowercase
        }
        return name
    }
}
