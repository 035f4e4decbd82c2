// SPDX-License-Identifier: Apache-2.0

/// Readers of the configuration's quantities: `30d`, `64MB`, `300/min`.
enum Quantities {
    /// Whole seconds: a number with `s`, `m`, `h` or `d`.
    static func seconds(_ text: String) -> Int64? {
        number(text, units: ["s": 1, "m": 60, "h": 3600, "d": 86_400]).flatMap { $0 > 0 ? $0 : nil }
    }

    /// Bytes: a number with `kB`, `MB` or `GB`, or alone.
    static func bytes(_ text: String) -> Int64? {
        if let number = whole(text) { return number }
        return number(text, units: ["kB": 1000, "MB": 1_000_000, "GB": 1_000_000_000])
    }

    static func perMinute(_ text: String) -> Int? {
        guard text.hasSuffix("/min"), let number = whole(String(text.dropLast(4))), number > 0 else { return nil }
        return Int(number)
    }

    static func port(_ text: some StringProtocol) -> Int? {
        whole(String(text)).flatMap { (1...65_535).contains($0) ? Int($0) : nil }
    }

    /// Digits alone: Swift's own readers also take a sign.
    static func whole(_ text: String) -> Int64? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
    }

    private static func number(_ text: String, units: [String: Int64]) -> Int64? {
        let digits = text.prefix(while: \.isNumber)
        guard let unit = units[String(text.dropFirst(digits.count))], let number = whole(String(digits)) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow ? nil : product
    }
}
