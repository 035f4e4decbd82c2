// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// One line of a stored `cartlink` cart.
///
/// Only whole numbers in plain digits count as amounts: `2.0` and `1e3` are the shop's business and read as absent.
struct ItemLine {
    private let object: JSONObject

    /// Nil if the bytes are no JSON object.
    init?(_ bytes: [UInt8]) {
        guard let object = try? JSONObject(validating: bytes) else { return nil }
        self.object = object
    }

    var id: String? {
        text("id")
    }

    var sku: String? {
        text("sku")
    }

    /// What the line adds to the cart's sum: its own total, else what price and quantity make. A line that the shop pushed with more
    /// than 64 bits hold adds nothing: it must not keep people from changing the others.
    var sum: Int64 {
        if let total = wholeNumber("total") { return total }
        return (try? Self.total(unitPrice: wholeNumber("unitPrice"), quantity: wholeNumber("quantity"))) ?? 0
    }

    /// Nil where one of the two isn't known.
    static func total(unitPrice: Int64?, quantity: Int64?) throws(ItemFault) -> Int64? {
        guard let unitPrice, let quantity else { return nil }
        let (total, overflow) = unitPrice.multipliedReportingOverflow(by: quantity)
        guard !overflow else { throw .tooMuch }
        return total
    }

    // MARK: Edits

    /// Whether more pieces of the article can join this line: it is the same article, chosen alike, and nobody wrote on it.
    func takes(_ item: NewItem) -> Bool {
        guard sku == item.sku.text, !has("personalisation"), !has("note") else { return false }
        guard let quantity = wholeNumber("quantity"), quantity >= 0 else { return false }
        return chosenOptions == item.options.valuesByName
    }

    func raised(by added: Quantity) throws(ItemFault) -> EditedLine {
        guard let quantity = wholeNumber("quantity"), quantity < Quantity.limit, let sum = Quantity(quantity + added.value) else {
            throw .tooMuch
        }
        return try with(sum)
    }

    /// The line with another quantity and the total that goes with it; all else stays byte for byte.
    func with(_ quantity: Quantity) throws(ItemFault) -> EditedLine {
        let total = try Self.total(unitPrice: wholeNumber("unitPrice"), quantity: quantity.value)
        let text = object.text(setting: [("quantity", JSON.number(quantity.value).text), ("total", total.map { JSON.number($0).text })])
        return EditedLine(text: text, total: total)
    }

    // MARK: Members

    func wholeNumber(_ name: String) -> Int64? {
        guard let member = object[name], member.kind == .number else { return nil }
        return Int64(String(decoding: object.bytes[member.range], as: UTF8.self))
    }

    /// A member's value as it stands; nil for one of another kind.
    func value(_ name: String, _ kind: JSONObject.Kind) -> JSON? {
        guard let member = object[name], member.kind == kind else { return nil }
        return .bytes(object.bytes(of: member))
    }

    private func text(_ name: String) -> String? {
        object[name].flatMap { object.string(of: $0) }
    }

    private func has(_ name: String) -> Bool {
        object[name].map { $0.kind != .null } ?? false
    }

    /// Nil where something else than texts stands there.
    private var chosenOptions: [String: String]? {
        guard has("options"), let member = object["options"] else { return [:] }
        guard let options = try? JSONObject(validating: object.bytes(of: member)) else { return nil }
        var chosen: [String: String] = [:]
        for option in options.members {
            guard let value = options.string(of: option), chosen.updateValue(value, forKey: option.name) == nil else { return nil }
        }
        return chosen
    }
}
