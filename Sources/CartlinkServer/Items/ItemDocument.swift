// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// A stored cart of the `cartlink` format whose items people edit.
///
/// An edit writes the line it is about and the totals; every other byte stays as the shop pushed it.
/// Its time is linear in the document's size.
struct ItemDocument {
    /// The largest document in bytes that people can make of a cart: half of what the shop can push, so that it can still price it.
    static let sizeLimit = 1024 * 1024

    private let document: JSONObject
    private let items: JSONArray
    private let lines: [ItemLine]

    /// Nil if it is no JSON object, or if its `items` are no array of objects.
    init?(_ document: [UInt8]) {
        guard let object = try? JSONObject(validating: document) else { return nil }
        let bytes = object["items"].map { object.bytes(of: $0) } ?? Array("[]".utf8)
        guard let items = try? JSONArray(validating: bytes) else { return nil }
        let lines = items.elements.compactMap { ItemLine(items.bytes(of: $0)) }
        guard lines.count == items.elements.count else { return nil }
        self.document = object
        self.items = items
        self.lines = lines
    }

    /// The document after the edit.
    ///
    /// - Parameters:
    ///   - unconfirmed: the ids of the lines that people added since the shop's last push.
    ///   - newItemID: for the new line, if there is one; no line has it yet.
    func applying(
        _ edit: ItemEdit,
        unconfirmed: Set<String>,
        newItemID: String
    ) throws(ItemFault) -> EditedDocument {
        switch edit {
        case .add(let item):
            if let index = lines.firstIndex(where: { $0.takes(item) }) {
                return EditedDocument(
                    document: try text(after: .replace(index, lines[index].raised(by: item.quantity))),
                    unconfirmed: unconfirmed
                )
            }
            // Prices and names come from the shop only, so not from a line that a person added.
            let pushed = lines.first { $0.sku == item.sku.text && !$0.isAmong(unconfirmed) }
            let line = try item.line(id: newItemID, like: pushed)
            return EditedDocument(document: try text(after: .append(line)), unconfirmed: unconfirmed.union([newItemID]))
        case .setQuantity(let id, let quantity):
            let index = try index(of: id)
            return EditedDocument(document: try text(after: .replace(index, lines[index].with(quantity))), unconfirmed: unconfirmed)
        case .remove(let id):
            return EditedDocument(document: try text(after: .remove(index(of: id))), unconfirmed: unconfirmed.subtracting([id]))
        }
    }

    /// The document as guests' projections start from it: without the lines that the shop hasn't seen.
    static func withoutUnconfirmed(_ document: [UInt8], _ ids: Set<String>) -> [UInt8] {
        guard !ids.isEmpty else { return document }
        // Only edits make such ids, and they read the document before. If it can't be read nevertheless, guests see nothing of it.
        guard let cart = ItemDocument(document) else { return Array("{}".utf8) }
        let hidden = cart.lines.indices.filter { cart.lines[$0].isAmong(ids) }
        guard !hidden.isEmpty else { return document }
        var items = JSONSplice(cart.items)
        for index in hidden { items.remove(index) }
        return cart.document.text(setting: [("items", items.text)])
    }

    private func index(of id: String) throws(ItemFault) -> Int {
        guard let index = lines.firstIndex(where: { $0.id == id }) else { throw .noSuchItem }
        return index
    }

    // MARK: Writing

    private enum Change {
        case replace(Int, EditedLine)
        case append(EditedLine)
        case remove(Int)
    }

    private func text(after change: Change) throws(ItemFault) -> [UInt8] {
        var items = JSONSplice(items)
        let sum: Int64
        switch change {
        case .replace(let index, let line):
            items.replace(index, by: line.text)
            sum = try self.sum(without: index, with: line)
        case .append(let line):
            items.append(line.text)
            sum = try self.sum(with: line)
        case .remove(let index):
            items.remove(index)
            sum = try self.sum(without: index)
        }
        // What else the totals held was reckoned for the cart before the edit.
        let totals = JSON.object([("items", .number(sum)), ("incomplete", .bool(true))])
        let text = document.text(setting: [("items", items.text), ("totals", totals.text)])
        // A cart that the shop pushed larger can be changed, but not grow.
        guard text.count <= max(Self.sizeLimit, document.bytes.count) else { throw .tooLarge }
        return text
    }

    private func sum(without index: Int? = nil, with line: EditedLine? = nil) throws(ItemFault) -> Int64 {
        // In 128 bits the lines' order can't decide whether the sum is too large.
        var sum = Int128(line?.total ?? 0)
        for (place, line) in lines.enumerated() where place != index { sum += Int128(line.sum) }
        guard let total = Int64(exactly: sum) else { throw .tooMuch }
        return total
    }
}

extension ItemLine {
    fileprivate func isAmong(_ ids: Set<String>) -> Bool {
        id.map(ids.contains) ?? false
    }
}
