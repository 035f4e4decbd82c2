// SPDX-License-Identifier: Apache-2.0

import SeededRandomness
import ShareLinks

@testable import CartlinkServer

/// Makes carts, in many spellings, and edits that often meet their lines.
struct ItemCartMaker {
    private static let skus = ["mug", "shirt", "pen/7", "E-1"]
    private static let options: [[(String, String)]] = [[], [("size", "L")], [("size", "L"), ("colour", "a,]}\\\"")]]

    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func cart() -> (text: String, model: ItemModel) {
        var model = ItemModel()
        var lines: [String] = []
        for number in 0..<Int.random(in: 0..<8, using: &random) {
            let (text, line) = line(number)
            lines.append(text)
            model.lines.append(line)
        }
        var members = [
            ("currency", "\"EUR\""), ("customer", #"{"e\u006dail":"a@b.example","items":[{"id":"0"}],"totals":{"items":1.0}}"#),
            ("custom", #"[1.50,-0,1E+2,"]},\"",null,{ }]"#), ("note", #""\ud83d\ude00 é \/""#),
        ]
        if !lines.isEmpty || oneIn(2) { members.append(("items", container("[", lines, "]"))) }
        if oneIn(2) { members.append(("totals", #"{"items":1,"discount":-5,"grand":7}"#)) }
        return (space() + object(members) + space(), model)
    }

    mutating func edit(of model: ItemModel) -> ItemEdit {
        // Now and then there is no such line.
        let item = oneIn(8) ? "none" : model.lines.compactMap(\.id).randomElement(using: &random) ?? "none"
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return .remove(item: item)
        case 1: return .setting(item, quantity())
        default: return .add(NewItem(pick(Self.skus), quantity(), pick(Self.options).shuffled(using: &random)))
        }
    }

    private mutating func line(_ number: Int) -> (text: String, line: ItemModel.Line) {
        let options = pick(Self.options)
        var line = ItemModel.Line(id: oneIn(8) ? nil : "id\(number)", sku: pick(Self.skus))
        line.options = Dictionary(uniqueKeysWithValues: options)
        var members = [("sku", string(line.sku)), ("name", "\"Name \(number)\""), ("custom", #"{"total":9,"quantity":[1,2]}"#)]
        if let id = line.id { members.append(("id", string(id))) }
        line.price = amount("unitPrice", -500...5000, &members)
        line.quantity = amount("quantity", -1...9, &members)
        line.total = amount("total", -900...90_000, &members)
        if !options.isEmpty || oneIn(3) { members.append(("options", object(options.map { ($0.0, string($0.1)) }))) }
        if oneIn(6) {
            line.isPersonal = true
            members.append((pick(["note", "personalisation"]), "\"for Ana\""))
        }
        return (object(members), line)
    }

    /// A whole number, one that is written otherwise, or none.
    private mutating func amount(_ name: String, _ range: ClosedRange<Int>, _ members: inout [(String, String)]) -> Int? {
        let number = Int.random(in: range, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return nil
        case 1:
            members.append((name, pick(["\(number).0", "\(number)e1", "2.50", "\"7\"", "null", "99999999999999999999"])))
            return nil
        default:
            members.append((name, "\(number)"))
            return number
        }
    }

    private mutating func quantity() -> Int64 {
        oneIn(10) ? 99_999 - Int64.random(in: 0..<10, using: &random) : Int64.random(in: 1...20, using: &random)
    }

    // MARK: Spelling

    private mutating func object(_ members: [(String, String)]) -> String {
        var texts: [String] = []
        for (name, value) in members.shuffled(using: &random) { texts.append(string(name) + space() + ":" + space() + value) }
        return container("{", texts, "}")
    }

    private mutating func container(_ opening: String, _ parts: [String], _ closing: String) -> String {
        var text = opening + space()
        for (index, part) in parts.enumerated() { text += (index > 0 ? space() + "," + space() : "") + part }
        return text + space() + closing
    }

    /// A JSON string; now and then a character is escaped that needn't be.
    private mutating func string(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" || oneIn(12) {
                let digits = String(scalar.value, radix: 16)
                written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }

    private mutating func space() -> String {
        pick(["", "", "", " ", "\n\t", " \r\n"])
    }

    private mutating func oneIn(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &random) == 0
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values.randomElement(using: &random)!
    }
}
