// SPDX-License-Identifier: Apache-2.0

import Redaction

extension SourceLine {
    /// A line of an orderForm; `names` gives it an id of ours.
    init(orderForm line: [String: JSONNode], names: inout LineNames) {
        let seller = line["seller"]?.scalarText ?? ""
        if let unique = line["uniqueId"]?.scalarText {
            self.init(id: names.name(["uniqueId", unique]))
        } else {
            let chosen = ["attachments", "options"].map { String(decoding: line[$0]?.bytes ?? [], as: UTF8.self) }
            self.init(id: names.name(["line", line["id"]?.scalarText ?? "", seller] + chosen))
        }
        sku = line["id"]?.scalarText ?? ""
        self.seller = seller
        quantity = line["quantity"]?.decimal?.text ?? ""
        unitPrice = line["sellingPrice"]?.decimal?.text ?? ""
        total = line["priceDefinition"]?["total"]?.decimal?.text ?? ""
        followsOthers = line["isGift"]?.bool ?? false || line["parentItemIndex"]?.scalarText != nil
        isBare = !followsOthers && !Self.isChosenFor(line)
    }

    /// Whether an engraving, a warranty or the like belongs to the line.
    private static func isChosenFor(_ line: [String: JSONNode]) -> Bool {
        let attachments = (line["attachments"]?.elements ?? []) + [line["itemAttachment"]].compactMap { $0 }
        return attachments.contains { $0["content"]?.hasContent ?? false }
            || ["bundleItems", "assemblies", "options"].contains { line[$0]?.hasContent ?? false }
    }
}
