// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// An edit as it can be said to VTEX: by SKU and seller, or by a line's place just now.
struct OrderFormChange: Sendable {
    let request: UpstreamRequest
    let check: EditCheck

    private init(_ request: UpstreamRequest, _ before: [SourceLine], _ wish: EditCheck.Wish) {
        self.request = request
        check = EditCheck(before: before, wish: wish)
    }

    init(_ edit: ItemEdit, of id: OrderFormID, _ lines: [SourceLine], _ requests: OrderFormRequests) throws(SourceError) {
        switch edit {
        case .add(let item):
            try self.init(adding: item, to: id, lines, requests)
        case .setQuantity(let line, let quantity):
            let index = try Self.index(of: line, lines)
            self.init(
                requests.update(id, index: index, quantity: quantity.value),
                lines,
                .quantity(id: line, quantity.value)
            )
        case .remove(let line):
            let index = try Self.index(of: line, lines)
            self.init(requests.update(id, index: index, quantity: 0), lines, .gone(id: line))
        }
    }

    /// VTEX doesn't say whether adding what is there already counts from zero, so a line that is there gets its new quantity.
    private init(adding item: NewItem, to id: OrderFormID, _ lines: [SourceLine], _ requests: OrderFormRequests) throws(SourceError) {
        let sku = item.sku.text
        let seller = try Self.seller(item) ?? lines.first { $0.sku == sku && !$0.seller.isEmpty }?.seller ?? requests.settings.defaultSeller
        let there = lines.firstIndex { $0.sku == sku && $0.seller == seller && $0.isBare }
        guard let there, let pieces = lines[there].pieces else {
            self.init(
                requests.add(id, sku: sku, seller: seller, quantity: item.quantity.value),
                lines,
                .more(sku: sku, seller: seller, item.quantity.value)
            )
            return
        }
        let (sum, isTooMuch) = pieces.addingReportingOverflow(item.quantity.value)
        guard !isTooMuch, let sum = Quantity(sum)?.value else { throw .notExpressible(field: "quantity") }
        self.init(requests.update(id, index: there, quantity: sum), lines, .quantity(id: lines[there].id, sum))
    }

    /// Whether the edit can be said to VTEX at all: nothing is asked there for one that can't.
    static func checkWording(_ edit: ItemEdit) throws(SourceError) {
        guard case .add(let item) = edit else { return }
        guard item.sku.text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .notExpressible(field: "sku") }
        _ = try seller(item)
    }

    /// The one option that VTEX understands.
    private static func seller(_ item: NewItem) throws(SourceError) -> String? {
        guard let choice = item.options.choices.first else { return nil }
        guard item.options.choices.count == 1, choice.name == "seller", choice.value.utf8.count <= 64,
            choice.value.utf8.allSatisfy(\.isASCIILetterOrDigit)
        else {
            throw .notExpressible(field: "options")
        }
        return choice.value
    }

    private static func index(of line: String, _ lines: [SourceLine]) throws(SourceError) -> Int {
        guard let index = lines.firstIndex(where: { $0.id == line }) else { throw .noSuchItem }
        return index
    }
}
