// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// Reads the fields of a request's JSON object strictly, and collects what is wrong with them.
///
/// Every field has to be asked for by name: `finish` refuses the ones that nobody knew.
struct Fields {
    private let object: JSONObject
    private let pointer: String
    private var known: Set<String> = []
    private(set) var faults: [InputFault] = []

    /// - Parameter pointer: where the object stands in the request (RFC 6901), empty for the request itself.
    init(_ bytes: [UInt8], at pointer: String = "") throws(Problem) {
        do {
            object = try JSONObject(validating: bytes)
        } catch {
            throw Problem(error)
        }
        self.pointer = pointer
    }

    /// Throws all faults at once, and the fields that are not known.
    func finish() throws(Problem) {
        let strangers = object.members.map(\.name).filter { !known.contains($0) }
        let all = faults + strangers.map { InputFault(Self.pointer(to: $0, in: pointer), .unknown) }
        // A body full of unknown fields gets an answer of bounded size.
        guard all.isEmpty else { throw Problem.invalidInput(Array(all.prefix(50))) }
    }

    mutating func add(_ fault: InputFault.Reason, at name: String) {
        faults.append(InputFault(Self.pointer(to: name, in: pointer), fault))
    }

    /// A fault of the object as a whole.
    mutating func addHere(_ fault: InputFault.Reason) {
        faults.append(InputFault(pointer, fault))
    }

    mutating func has(_ name: String) -> Bool {
        known.insert(name)
        return object[name] != nil
    }

    mutating func isNull(_ name: String) -> Bool {
        known.insert(name)
        return object[name]?.kind == .null
    }

    mutating func string(_ name: String) -> String? {
        known.insert(name)
        guard let member = object[name] else { return nil }
        guard let string = object.string(of: member) else {
            add(.type, at: name)
            return nil
        }
        return string
    }

    mutating func integer(_ name: String) -> Int64? {
        known.insert(name)
        guard let member = object[name] else { return nil }
        guard member.kind == .number else {
            add(.type, at: name)
            return nil
        }
        // Fractions, exponents and what 64 bits can't hold are no whole numbers.
        guard let number = Int64(String(decoding: object.bytes(of: member), as: UTF8.self)) else {
            add(.range, at: name)
            return nil
        }
        return number
    }

    mutating func bool(_ name: String) -> Bool? {
        known.insert(name)
        guard let member = object[name] else { return nil }
        guard member.kind == .true || member.kind == .false else {
            add(.type, at: name)
            return nil
        }
        return member.kind == .true
    }

    /// The bytes of a member that is an object, as they stand in the request.
    mutating func object(_ name: String) -> [UInt8]? {
        known.insert(name)
        guard let member = object[name] else { return nil }
        guard member.kind == .object else {
            add(.type, at: name)
            return nil
        }
        return object.bytes(of: member)
    }

    /// A text that `parse` understands; anything else is a fault of `reason`.
    mutating func text<Value>(_ name: String, _ reason: InputFault.Reason = .form, _ parse: (String) -> Value?) -> Value? {
        guard let text = string(name) else { return nil }
        guard let value = parse(text) else {
            add(reason, at: name)
            return nil
        }
        return value
    }

    mutating func choice<Value: RawRepresentable<String>>(_ name: String, _ type: Value.Type = Value.self) -> Value? {
        text(name, .value) { Value(rawValue: $0) }
    }

    mutating func require(_ name: String) {
        if !has(name) { add(.required, at: name) }
    }

    /// A nested object's fields; its faults join these.
    mutating func nested<Value>(_ name: String, _ read: (inout Fields) -> Value?) throws(Problem) -> Value? {
        guard let bytes = object(name) else { return nil }
        var fields = try Fields(bytes, at: Self.pointer(to: name, in: pointer))
        let value = read(&fields)
        let strangers = fields.object.members.map(\.name).filter { !fields.known.contains($0) }
        faults += fields.faults + strangers.map { InputFault(Self.pointer(to: $0, in: fields.pointer), .unknown) }
        return value
    }

    /// The members of an object whose names the caller chooses, each a text; one that `parse` refuses has the wrong form.
    mutating func texts<Value>(_ name: String, upTo limit: Int, _ parse: (String, String) -> Value?) throws(Problem) -> [Value]? {
        guard let bytes = object(name) else { return nil }
        var nested = try Fields(bytes, at: Self.pointer(to: name, in: pointer))
        guard nested.object.members.count <= limit else {
            add(.range, at: name)
            return nil
        }
        var values: [Value] = []
        for member in nested.object.members {
            guard let text = nested.object.string(of: member) else {
                nested.add(.type, at: member.name)
                continue
            }
            if let value = parse(member.name, text) { values.append(value) } else { nested.add(.form, at: member.name) }
        }
        faults += nested.faults
        return nested.faults.isEmpty ? values : nil
    }

    /// RFC 6901: `~` and `/` in a name are escaped.
    private static func pointer(to name: String, in parent: String) -> String {
        parent + "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
