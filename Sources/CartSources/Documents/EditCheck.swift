// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// Whether a platform did what an edit asked for, and nothing else: platforms address lines by what can move, and have no locks.
struct EditCheck: Sendable {
    enum Wish: Sendable {
        case gone(id: String)
        case quantity(id: String, Int64)
        /// So many more pieces of an article, on whatever line.
        case more(sku: String, seller: String, Int64)
    }

    let before: [SourceLine]
    let wish: Wish

    func check(_ after: [SourceLine]) throws(SourceError) {
        let quantities = Dictionary(after.map { ($0.id, $0.quantity) }, uniquingKeysWith: { first, _ in first })
        guard othersStand(quantities) else { throw .overtaken }
        switch wish {
        case .gone(let id):
            guard quantities[id] == nil else { throw .overtaken }
        case .quantity(let id, let wanted):
            guard quantities[id] != String(wanted) else { return }
            throw isBetween(quantities[id], wanted, id) && !hasMoved(in: after) ? .limited : .overtaken
        case .more(let sku, let seller, let number):
            func pieces(_ lines: [SourceLine]) -> Int64 {
                lines.lazy.filter { $0.sku == sku && $0.seller == seller }.reduce(0) { $0 + ($1.pieces ?? 0) }
            }
            let gain = pieces(after) - pieces(before)
            guard gain != 0 else { throw .notSold }
            guard gain < 0 || gain >= number else { throw .limited }
            guard gain > 0 else { throw .overtaken }
        }
    }

    /// Whether the line went some way from what it was to what was wanted, or none: as where the stock ends.
    private func isBetween(_ quantity: String?, _ wanted: Int64, _ id: String) -> Bool {
        guard let now = quantity.flatMap({ Int64($0) }), let was = before.first(where: { $0.id == id })?.pieces else { return false }
        return now >= was && now < wanted
    }

    /// Whether lines stand in another order than before, so that the edit may have met another one.
    private func hasMoved(in after: [SourceLine]) -> Bool {
        let stayed = Set(before.map(\.id)).intersection(after.map(\.id))
        return before.map(\.id).filter(stayed.contains) != after.map(\.id).filter(stayed.contains)
    }

    /// Lines that the edit isn't about are as they were. New ones may have come, such as gifts.
    private func othersStand(_ quantities: [String: String]) -> Bool {
        before.allSatisfy { line in
            guard !line.followsOthers else { return true }
            switch wish {
            case .gone(let id), .quantity(let id, _):
                return line.id == id || quantities[line.id] == line.quantity
            case .more(let sku, let seller, _) where line.sku == sku && line.seller == seller:
                guard let now = quantities[line.id].flatMap({ Int64($0) }), let pieces = line.pieces else {
                    return quantities[line.id] == line.quantity
                }
                return now >= pieces
            case .more:
                return quantities[line.id] == line.quantity
            }
        }
    }
}
