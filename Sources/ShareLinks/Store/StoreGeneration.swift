// SPDX-License-Identifier: Apache-2.0

/// How far a store's history had come when a node last saw it. Kept outside of the store, it tells a restored older one.
package struct StoreGeneration: Sendable, Equatable, CustomStringConvertible {
    /// Milliseconds since 1970 at which the history began or, after a restored backup, was declared to go on.
    package let epoch: Int64
    /// The audit's last row, and its code.
    package let sequence: Int64
    package let code: AuditChain.Code

    package init(epoch: Int64, sequence: Int64, code: AuditChain.Code) {
        self.epoch = epoch
        self.sequence = sequence
        self.code = code
    }

    /// Epoch, sequence and code in hex, with a space between.
    package var description: String { "\(epoch) \(sequence) \(code)" }

    package init?(_ text: String) {
        let parts = text.split(whereSeparator: \.isWhitespace)
        guard parts.count == 3, let epoch = Int64(parts[0]), let sequence = Int64(parts[1]) else { return nil }
        guard let code = Hex.bytes(of: String(parts[2])).flatMap(AuditChain.Code.init(bytes:)) else { return nil }
        self.init(epoch: epoch, sequence: sequence, code: code)
    }

    /// In which way a store is behind; nil where its history goes on from here.
    ///
    /// - Parameters:
    ///   - epoch: the store's.
    ///   - code: that of the store's audit row with a number; nil where there is no such row.
    package func lag<Failure: Error>(
        ofEpoch epoch: Int64,
        code: (Int64) throws(Failure) -> [UInt8]?
    ) throws(Failure) -> String? {
        guard epoch >= self.epoch else { return "its epoch is \(epoch) and was \(self.epoch)" }
        guard epoch == self.epoch, sequence > 0 else { return nil }
        return try code(sequence) == self.code.bytes ? nil : "audit row \(sequence) isn't the one that was there"
    }
}
