// SPDX-License-Identifier: Apache-2.0

import CartSources

/// A cart as Glue answers it.
enum GlueSample {
    static let id = "0c3ec260-694a-5cec-b78c-d37d32f92ee9"

    static func line(_ sku: String, _ quantity: String, key: String? = nil, more: String = "") -> String {
        let key = key ?? sku
        let attributes =
            #""sku":"\#(sku)","quantity":\#(quantity),"groupKey":"\#(key)","calculations":{"unitPrice":100,"sumPrice":200}\#(more)"#
        let link = #""links":{"self":"https://glue.shop.example/carts/\#(id)/items/\#(key)"}"#
        return #"{"type":"items","id":"\#(key)","attributes":{\#(attributes)},\#(link)}"#
    }

    static func article(_ sku: String, _ name: String) -> String {
        let link = #""links":{"self":"https://glue.shop.example/concrete-products/\#(sku)"}"#
        return #"{"type":"concrete-products","id":"\#(sku)","attributes":{"sku":"\#(sku)","name":"\#(name)"},\#(link)}"#
    }

    static func cart(_ included: [String], id: String = id, type: String = "carts", totals: String = #"{"subtotal":300}"#) -> String {
        let link = #"{"self":"https://glue.shop.example/carts/\#(id)"}"#
        let attributes = #"{"currency":"EUR","store":"DE","name":"Trip","contact":"ann@shop.example","totals":\#(totals)}"#
        let relationships =
            #"{"items":{"data":[{"type":"items","id":"a"}],"links":\#(link)},"carts":{"data":{"type":"carts","id":"\#(id)"}}}"#
        let data = #"{"type":"\#(type)","id":"\#(id)","attributes":\#(attributes),"links":\#(link),"relationships":\#(relationships)}"#
        return #"{"data":\#(data),"links":\#(link),"included":[\#(included.joined(separator: ","))]}"#
    }

    static func error(_ status: Int, _ code: String) -> UpstreamAnswer {
        .json(#"{"errors":[{"status":\#(status),"code":"\#(code)","detail":"Cart with given uuid not found."}]}"#, status: status)
    }
}
