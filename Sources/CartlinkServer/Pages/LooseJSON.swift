// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A JSON value of any shape, to be asked for what one hopes to find.
enum LooseJSON: Decodable {
    case string(String)
    case number(Decimal)
    case bool(Bool)
    case array([LooseJSON])
    case object([String: LooseJSON])
    case null

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Decimal.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let object = try? value.decode([String: LooseJSON].self) {
            self = .object(object)
        } else if let array = try? value.decode([LooseJSON].self) {
            self = .array(array)
        } else {
            self = .null
        }
    }

    subscript(name: String) -> LooseJSON {
        members[name] ?? .null
    }

    var members: [String: LooseJSON] {
        if case .object(let members) = self { members } else { [:] }
    }

    var elements: [LooseJSON] {
        if case .array(let elements) = self { elements } else { [] }
    }

    var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// A whole number that 64 bits hold.
    var integer: Int64? {
        numberText.flatMap { Int64($0) }
    }

    /// The number as it is written in English, without separators.
    var numberText: String? {
        if case .number(let number) = self { "\(number)" } else { nil }
    }
}
