// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

/// A cart that a platform answered, with the lines that edits are made by.
struct CartReading: Sendable {
    let cart: SourcedCart
    let lines: [SourceLine]

    /// - Parameter sums: by their names; how they are ordered doesn't matter.
    init(
        document: [UInt8],
        lines: [SourceLine],
        sums: [(name: String, amount: String)],
        fingerprint: [String: String],
        ownerName: String?,
        isMasked: Bool = false
    ) {
        self.lines = lines
        cart = SourcedCart(
            document: document,
            version: Self.version(lines, sums),
            fingerprint: CartFingerprint(fingerprint.mapValues(Digest.trait)),
            ownerName: ownerName,
            isMasked: isMasked,
            freshUntil: .now
        )
    }

    /// The first 53 bits of a digest, so that every JSON reader can hold the number.
    private static func version(_ lines: [SourceLine], _ sums: [(name: String, amount: String)]) -> CartVersion {
        let sums = sums.sorted { ($0.name, $0.amount) < ($1.name, $1.amount) }
        let fields = lines.flatMap { [$0.id, $0.sku, $0.seller, $0.quantity, $0.unitPrice, $0.total] }
        let digest = Digest.of([String(lines.count)] + fields + sums.flatMap { [$0.name, $0.amount] })
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 11
        return CartVersion(max(1, Int64(number)))
    }
}
