// SPDX-License-Identifier: Apache-2.0

/// The text of a JSON object or array with some of its values changed; what isn't changed keeps its bytes, white space included.
package struct JSONSplice {
    private let bytes: [UInt8]
    private let values: [Range<Int>]
    private var replacements: [Int: [UInt8]] = [:]
    private var removed: Set<Int> = []
    private var appended: [[UInt8]] = []

    package init(_ object: JSONObject) {
        bytes = object.bytes
        values = object.members.map(\.range)
    }

    package init(_ array: JSONArray) {
        bytes = array.bytes
        values = array.elements.map(\.range)
    }

    package mutating func replace(_ index: Int, by value: [UInt8]) {
        replacements[index] = value
    }

    /// Removes an element, or a member together with its name.
    package mutating func remove(_ index: Int) {
        removed.insert(index)
    }

    /// Adds an element, or a member with its name, at the end.
    package mutating func append(_ text: [UInt8]) {
        appended.append(text)
    }

    package var text: [UInt8] {
        let comma = UInt8(ascii: ",")
        let opening = bytes.firstIndex { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? bytes.startIndex
        var position = min(opening + 1, bytes.endIndex)
        var text = Array(bytes[..<position])
        text.reserveCapacity(bytes.count + (replacements.values + appended).reduce(0) { $0 + $1.count + 1 })
        var isFirst = true
        for (index, value) in values.enumerated() {
            if !removed.contains(index) {
                // What stands before a value: a comma, white space and a member's name. The first value left has no comma.
                let lead = bytes[position..<value.lowerBound]
                text += isFirst && index > 0 ? lead.drop { $0 != comma }.dropFirst() : lead
                text += replacements[index].map { $0[...] } ?? bytes[value]
                isFirst = false
            }
            position = value.upperBound
        }
        for value in appended {
            if !isFirst { text.append(comma) }
            text += value
            isFirst = false
        }
        return text + bytes[position...]
    }
}

extension JSONObject {
    /// The object's text with other values for some members; nil removes a member, and what the object lacks comes last.
    package func text(setting changes: [(name: String, value: [UInt8]?)]) -> [UInt8] {
        var splice = JSONSplice(self)
        for (name, value) in changes {
            switch (members.firstIndex { $0.name == name }, value) {
            case (let index?, let value?): splice.replace(index, by: value)
            case (let index?, nil): splice.remove(index)
            case (nil, let value?): splice.append(JSON.string(name).text + [UInt8(ascii: ":")] + value)
            case (nil, nil): break
            }
        }
        return splice.text
    }
}
