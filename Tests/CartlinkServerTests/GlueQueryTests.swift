// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

struct GlueQueryTests {
    @Test(
        arguments: [
            (nil, []), ("", []), ("include=", []), ("include", []), ("include=items", [.items]),
            ("include=items,shared-carts", [.items, .sharedCarts]),
            ("include=items%2Cshared-carts", [.items, .sharedCarts]), ("include=Items, shared-carts", []),
            ("include=%20items,shared-carts%09", [.items, .sharedCarts]), ("include=items,%20shared-carts", [.items]),
            ("include=nonsense,items", [.items]),
            ("include=items&include=carts", [.carts]), ("Include=items", []), ("x=include=items", []), ("include=%zz", []),
        ] as [(String?, Set<GlueType>)]
    )
    func namesAreIncludedAsWritten(query: String?, expected: Set<GlueType>) {
        let query = GlueQuery(query)
        #expect(Set(GlueType.allCases.filter(query.includes)) == expected)
    }

    @Test(arguments: ["fields[items]=sku,quantity", "fields%5Bitems%5D=sku%2Cquantity", "a=b&fields[items]=sku,quantity,none"])
    func fieldsNarrowTheirTypeOnly(query: String) {
        let query = GlueQuery(query)
        #expect(query.shows("sku", of: .items) && query.shows("quantity", of: .items))
        #expect(!query.shows("amount", of: .items))
        #expect(query.shows("amount", of: .carts))
    }

    @Test func noFieldsShowAllAndAnEmptyListShowsNone() {
        #expect(GlueQuery(nil).shows("sku", of: .items))
        #expect(!GlueQuery("fields[items]=").shows("sku", of: .items))
        #expect(GlueQuery("fields=sku").shows("quantity", of: .items))
    }

    @Test func theQueryIsRepeatedAsItCame() {
        #expect(GlueQuery(nil).suffix == "")
        #expect(GlueQuery("").suffix == "")
        #expect(GlueQuery("include=a%2Cb&x").suffix == "?include=a%2Cb&x")
    }
}
