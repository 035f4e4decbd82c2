// SPDX-License-Identifier: Apache-2.0

import CartSources
import ShareLinks

/// Shelves on which nothing stays, so that each read is a call.
func emptyShelves() -> CartShelves { shelves(freshFor: .zero) }

func shelves(freshFor time: Duration) -> CartShelves {
    let size: @Sendable (SourcedCart) -> Int = { $0.document.count }
    return CartShelves(shared: CartShelf(freshFor: time, size: size), whole: CartShelf(freshFor: time, size: size), freshFor: time)
}

extension NewItem {
    static func sample(_ sku: String, _ quantity: Int64 = 1, options: [(String, String)] = []) -> NewItem {
        let choices = options.compactMap { ItemOptions.Choice(name: $0.0, value: $0.1) }
        return NewItem(sku: SKU(sku)!, quantity: Quantity(quantity)!, options: ItemOptions(choices)!)
    }
}

/// An orderForm as VTEX answers it.
enum OrderFormSample {
    static let id = "0ac1e5a19f0e4b5f8a1d2c3b4a596877"

    static func line(_ sku: String, _ quantity: Int64, unique: String? = nil, seller: String = "1", more: String = "") -> String {
        let unique = unique.map { #""uniqueId":"\#($0)","# } ?? ""
        let price = #""sellingPrice":500,"priceDefinition":{"total":\#(500 * quantity)}"#
        return #"{\#(unique)"id":"\#(sku)","seller":"\#(seller)","quantity":\#(quantity),\#(price)\#(more)}"#
    }

    static func cart(_ lines: [String], id: String = id, more: String = "") -> String {
        let items = #""items":[\#(lines.joined(separator: ","))],"totalizers":[{"id":"Items","value":1500}],"value":1500"#
        let store = #""salesChannel":"2","userProfileId":"u-1","storePreferencesData":{"currencyCode":"BRL"}"#
        return #"{"orderFormId":"\#(id)","canEditData":true,\#(items),\#(store)\#(more)}"#
    }

    static func error(_ code: String) -> UpstreamAnswer {
        .json(#"{"fields":{},"error":{"code":"\#(code)","message":"Carrinho inválido","exception":null},"operationId":"x"}"#, status: 400)
    }
}
