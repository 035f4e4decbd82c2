// SPDX-License-Identifier: Apache-2.0

import ShareLinks

@testable import CartlinkServer

/// A cart's lines as plain values, and what edits do to them in the plainest way.
struct ItemModel {
    struct Line: Equatable {
        var id: String?
        var sku: String
        /// Nil where there is none, or none that is a whole number.
        var price: Int?
        var quantity: Int?
        var total: Int?
        var options: [String: String] = [:]
        /// Whether somebody wrote on it.
        var isPersonal = false
    }

    var lines: [Line] = []
    var added: Set<String> = []

    var sum: Int {
        var sum = 0
        for line in lines {
            if let total = line.total {
                sum += total
            } else if let price = line.price, let quantity = line.quantity {
                sum += price * quantity
            }
        }
        return sum
    }

    /// Where the edit took place; the number of lines for a new one.
    mutating func apply(_ edit: ItemEdit, newItemID: String) throws(ItemFault) -> Int {
        switch edit {
        case .add(let item):
            let options = Dictionary(uniqueKeysWithValues: item.options.choices.map { ($0.name, $0.value) })
            let quantity = Int(item.quantity.value)
            for (index, line) in lines.enumerated() where line.sku == item.sku.text && line.options == options && !line.isPersonal {
                guard let old = line.quantity, old >= 0 else { continue }
                guard old + quantity <= 99_999 else { throw .tooMuch }
                set(index, old + quantity)
                return index
            }
            var line = Line(id: newItemID, sku: item.sku.text, options: options)
            for other in lines.reversed() where other.sku == line.sku && !(other.id.map { added.contains($0) } ?? false) {
                line.price = other.price
            }
            lines.append(line)
            added.insert(newItemID)
            set(lines.count - 1, quantity)
            return lines.count - 1
        case .setQuantity(let item, let quantity):
            let index = try index(of: item)
            set(index, Int(quantity.value))
            return index
        case .remove(let item):
            let index = try index(of: item)
            lines.remove(at: index)
            added.remove(item)
            return index
        }
    }

    private mutating func set(_ index: Int, _ quantity: Int) {
        lines[index].quantity = quantity
        lines[index].total = lines[index].price.map { $0 * quantity }
    }

    private func index(of id: String) throws(ItemFault) -> Int {
        for (index, line) in lines.enumerated() where line.id == id { return index }
        throw .noSuchItem
    }
}
