// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import ShareLinks

extension CartPush {
    /// Reads `{owner?, format?, cart, transferOwner?}`; the cart's bytes stay as they came.
    init(id: CartID, body: [UInt8], ifMatch: VersionCondition?) throws(Problem) {
        var fields = try Fields(body)
        fields.require("cart")
        let document = fields.object("cart")
        let format: CartFormat = fields.choice("format") ?? .cartlink
        let owner = try fields.nested("owner") { $0.person() }
        let transfers = fields.bool("transferOwner") ?? false
        try fields.finish()
        guard let document else { throw .invalidInput([]) }
        let form = format == .cartlink ? CartlinkForm(document) : nil
        if let form, !form.faults.isEmpty { throw .invalidInput(form.faults) }
        self.init(
            id: id,
            format: format,
            owner: owner,
            name: form?.name,
            document: document,
            transfersOwner: transfers,
            ifMatch: ifMatch
        )
    }
}

extension CartState {
    /// Reads `{state}`.
    static func read(_ body: [UInt8]) throws(Problem) -> CartState {
        var fields = try Fields(body)
        fields.require("state")
        let state: CartState? = fields.choice("state")
        try fields.finish()
        guard let state else { throw .invalidInput([]) }
        return state
    }
}

extension Request {
    /// `If-Match` with versions as entity tags; a weak tag never matches (RFC 9110 section 13.1.1).
    func ifMatch() throws(Problem) -> VersionCondition? {
        let values = headers[values: .ifMatch]
        guard !values.isEmpty else { return nil }
        var versions: [CartVersion] = []
        for part in values.joined(separator: ",").split(separator: ",") {
            let text = String(part).trimmingSpaces()
            if text == "*" { return .exists }
            guard text.hasPrefix("\""), text.hasSuffix("\""), text.count >= 2 else {
                guard text.hasPrefix("W/\"") else {
                    throw Problem(code: .malformedRequest, detail: "If-Match holds entity tags in quotes.")
                }
                continue
            }
            // Compared byte for byte: other spellings of the number are other tags.
            let digits = text.dropFirst().dropLast()
            if let number = Int64(digits), String(number) == digits { versions.append(CartVersion(number)) }
        }
        return .anyOf(versions)
    }
}
