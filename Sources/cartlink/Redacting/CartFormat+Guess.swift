// SPDX-License-Identifier: Apache-2.0

import Redaction
import ShareLinks

extension CartFormat {
    /// The format a cart looks like, by members that no other format has; nil where it could be any.
    init?(guessedFrom cart: [UInt8]) throws(JSONFault) {
        let object = try JSONObject(validating: cart)
        let signs: [(CartFormat, [String])] = [
            (.vtexOrderForm, ["orderFormId", "totalizers", "clientProfileData", "storePreferencesData", "salesChannel"]),
            (.sprykerCart, ["data"]),
            (.cartlink, ["items"]),
        ]
        guard let format = signs.first(where: { $0.1.contains { object[$0] != nil } })?.0 else { return nil }
        self = format
    }
}
