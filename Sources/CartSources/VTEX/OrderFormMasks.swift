// SPDX-License-Identifier: Apache-2.0

import Redaction

/// What VTEX hid from us: stars in place of a person's data. They are never passed on, since a star looks like data to whoever saves it.
/// Card numbers are starred for everybody, so they say nothing.
struct OrderFormMasks {
    /// The members that change.
    let changes: [(name: String, value: [UInt8]?)]
    let isMasked: Bool

    init(_ cart: [String: JSONNode]) {
        let invoice = cart["invoiceData"]
        let places = ["clientProfileData", "shippingData", "availableAddresses"].compactMap { name in cart[name].map { (name, $0) } }
        var changes: [(name: String, value: [UInt8]?)] = places.compactMap { name, place in Self.change(name, place) }
        if let address = invoice?["address"].flatMap({ Self.change("address", $0) }),
            let invoice = try? JSONObject(validating: invoice?.bytes ?? [])
        {
            changes.append(("invoiceData", invoice.text(setting: [address])))
        }
        self.changes = changes
        isMasked = !changes.isEmpty || cart["canEditData"]?.bool == false
    }

    private static func change(_ name: String, _ place: JSONNode) -> (name: String, value: [UInt8]?)? {
        let pruning = JSONPruning(
            concerns: { $0.contains(UInt8(ascii: "*")) || $0.holdsEscapes },
            removesText: { $0.contains("*") }
        )
        let rest = pruning.rest(of: place)
        return rest == place.bytes ? nil : (name, rest)
    }
}
