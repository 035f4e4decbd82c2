// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

@testable import CartlinkServer

struct GlueDocumentTests {
    private func document(_ resources: [GlueResource], isCollection: Bool = false, query: String? = nil) -> String {
        let document = GlueDocument(
            resources: resources,
            isCollection: isCollection,
            requested: .carts,
            query: GlueQuery(query),
            base: "https://shop.example/glue"
        )
        return String(decoding: document.text, as: UTF8.self)
    }

    private func resource(_ type: GlueType, _ id: String?) -> GlueResource {
        GlueResource(type, id: id, attributes: [("a", .number(1)), ("b", .null)])
    }

    private func text(_ type: String, _ id: String, query: String = "", relationships: String = "") -> String {
        #"{"type":"\#(type)","id":"\#(id)","attributes":{"a":1,"b":null},"links":{"self":"https://shop.example/glue/\#(type)/\#(id)\#(query)"}"#
            + relationships + "}"
    }

    @Test func oneResourceHasNoLinksBesideIt() {
        #expect(document([resource(.carts, "c1")]) == #"{"data":\#(text("carts", "c1"))}"#)
    }

    @Test func aCollectionHasALinkAlsoWhenItIsEmpty() {
        #expect(document([], isCollection: true, query: "x=1") == #"{"data":[],"links":{"self":"https://shop.example/glue/carts?x=1"}}"#)
        #expect(
            document([resource(.carts, "c1")], isCollection: true)
                == #"{"data":[\#(text("carts", "c1"))],"links":{"self":"https://shop.example/glue/carts"}}"#
        )
    }

    @Test func aResourceWithoutAnIDHasNull() {
        #expect(
            document([resource(.accessTokens, nil)])
                == #"{"data":{"type":"access-tokens","id":null,"attributes":{"a":1,"b":null},"links":{"self":"https://shop.example/glue/access-tokens"}}}"#
        )
    }

    @Test func whatIsRelatedStandsBeforeWhatItBelongsToAndOnce() {
        var first = resource(.sharedCarts, "s1")
        first.relate(.permissionGroups, [resource(.permissionGroups, "1")])
        var second = resource(.sharedCarts, "s2")
        second.relate(.permissionGroups, [resource(.permissionGroups, "1")])
        var cart = resource(.carts, "c1")
        cart.relate(.sharedCarts, [first, second])
        cart.relate(.items, [])
        let group = #","relationships":{"cart-permission-groups":{"data":[{"type":"cart-permission-groups","id":"1"}]}}"#
        let shares = #","relationships":{"shared-carts":{"data":[{"type":"shared-carts","id":"s1"},{"type":"shared-carts","id":"s2"}]}}"#
        let included = [
            text("cart-permission-groups", "1"), text("shared-carts", "s1", relationships: group),
            text("shared-carts", "s2", relationships: group),
        ]
        #expect(
            document([cart], query: "q")
                == #"{"data":\#(text("carts", "c1", query: "?q", relationships: shares)),"included":[\#(included.joined(separator: ","))]}"#
        )
    }

    @Test func fieldsLeaveOthersOut() {
        #expect(document([resource(.carts, "c1")], query: "fields[carts]=b").contains(#""attributes":{"b":null}"#))
    }
}
