// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks
import Testing

@testable import CartlinkServer

/// What must hold for every cart and every row of edits: both are made by a seed.
struct ItemPropertyTests {
    @Test(
        "lines, quantities and sums are a plain model's, and what an edit isn't about keeps its bytes",
        arguments: 1...40 as ClosedRange<UInt64>
    )
    func editsDoWhatTheModelDoes(seed: UInt64) throws {
        var maker = ItemCartMaker(seed: seed)
        var (text, model) = maker.cart()
        for step in 1...25 {
            let edit = maker.edit(of: model)
            let newID = "new-\(step)"
            let cart = try #require(ItemDocument(Array(text.utf8)))
            let result = Result { () throws(ItemFault) in try cart.applying(edit, unconfirmed: model.added, newItemID: newID) }
            var changed = model
            let place = Result { () throws(ItemFault) in try changed.apply(edit, newItemID: newID) }
            guard case .success(let place) = place, case .success(let edited) = result else {
                #expect(place.fault == result.fault, "step \(step)")
                continue
            }
            let after = String(decoding: edited.document, as: UTF8.self)
            // What follows reads the text by its parts: it must be JSON, and of the model's lines.
            _ = try JSONSerialization.jsonObject(with: Data(edited.document))
            try #require(try Self.lines(after) == changed.lines, "step \(step)")
            #expect(edited.unconfirmed == changed.added)
            #expect(Self.value("totals", after) == "{\"items\":\(changed.sum),\"incomplete\":true}")
            Self.expectSameBytes(text, after, editedAt: place)
            Self.expectHidden(changed, edited.document)
            (text, model) = (after, changed)
        }
    }

    // MARK: Bytes

    private static func expectSameBytes(_ before: String, _ after: String, editedAt place: Int) {
        let (old, new) = (JSONParts.members(before), JSONParts.members(after))
        let names = old.map(\.name)
        #expect(new.map(\.name) == names + ["items", "totals"].filter { !names.contains($0) })
        for (old, new) in zip(old, new) {
            // Also edited members keep their names' spelling and the white space before their values.
            let prefix = old.text.dropLast(old.value.count)
            #expect(new.text.hasPrefix(prefix))
            if old.name != "items", old.name != "totals" { #expect(old.text == new.text) }
        }
        expectSameLines(elements(before), elements(after), editedAt: place)
    }

    private static func expectSameLines(_ old: [String], _ new: [String], editedAt place: Int) {
        #expect(old.prefix(place) == new.prefix(place))
        if new.count < old.count {
            #expect(old.dropFirst(place + 1) == new.dropFirst(place))
        } else if new.count == old.count {
            #expect(old.dropFirst(place + 1) == new.dropFirst(place + 1))
            #expect(withoutAmounts(old[place]) == withoutAmounts(new[place]))
        } else {
            #expect(new.count == old.count + 1 && place == old.count)
        }
    }

    private static func expectHidden(_ model: ItemModel, _ document: [UInt8]) {
        let shown = String(decoding: ItemDocument.withoutUnconfirmed(document, model.added), as: UTF8.self)
        let whole = String(decoding: document, as: UTF8.self)
        let kept = zip(model.lines, elements(whole)).filter { line, _ in !(line.id.map { model.added.contains($0) } ?? false) }
        #expect(elements(shown) == kept.map(\.1))
        let others = { (text: String) in JSONParts.members(text).filter { $0.name != "items" }.map(\.text) }
        #expect(others(shown) == others(whole))
    }

    // MARK: Reading

    private static func value(_ name: String, _ text: String) -> String? {
        JSONParts.members(text).first { $0.name == name }?.value
    }

    private static func elements(_ text: String) -> [String] {
        value("items", text).map(JSONParts.split) ?? []
    }

    private static func withoutAmounts(_ line: String) -> [String] {
        JSONParts.members(line).filter { $0.name != "quantity" && $0.name != "total" }.map(\.text)
    }

    private static func lines(_ text: String) throws -> [ItemModel.Line] {
        try elements(text).map { element in
            let values = Dictionary(uniqueKeysWithValues: JSONParts.members(element).map { ($0.name, $0.value) })
            func decoded<Value>(_ name: String, _ type: Value.Type) throws -> Value? {
                try values[name].map { try JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed) } as? Value
            }
            return ItemModel.Line(
                id: try decoded("id", String.self),
                sku: try decoded("sku", String.self) ?? "",
                price: values["unitPrice"].flatMap { Int($0) },
                quantity: values["quantity"].flatMap { Int($0) },
                total: values["total"].flatMap { Int($0) },
                options: try decoded("options", [String: String].self) ?? [:],
                isPersonal: values["note"] != nil || values["personalisation"] != nil
            )
        }
    }
}

extension Result where Failure == ItemFault {
    fileprivate var fault: ItemFault? {
        if case .failure(let fault) = self { fault } else { nil }
    }
}
