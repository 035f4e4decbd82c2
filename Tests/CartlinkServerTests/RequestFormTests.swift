// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ShareLinks
import Testing

@testable import CartlinkServer

/// The bodies of the contract's calls: what is taken, and every fault by its field.
struct RequestFormTests {
    static let orders: [(json: String, faults: [InputFault])] = [
        (#"{"audience":"external","access":"read-only"}"#, []),
        (#"{"audience":"internal","access":"full","within":"person","personId":"user:erik","label":"l","expiresIn":60}"#, []),
        (#"{"audience":"external","access":"read-only","expiresAt":"2027-01-15T08:00:00+01:00","showPrices":false}"#, []),
        (#"{"audience":"external","access":"read-only","onBehalfOf":{"userId":"a"}}"#, []),
        ("{}", [.init("/audience", .required), .init("/access", .required)]),
        (#"{"audience":"public","access":"write"}"#, [.init("/audience", .value), .init("/access", .value)]),
        (#"{"audience":null,"access":7}"#, [.init("/audience", .type), .init("/access", .type)]),
        (Self.order(#""within":"team""#), [.init("/within", .value)]),
        (Self.order(#""personId":"erik""#), [.init("/personId", .form)]),
        (Self.order(#""personId":"company-user:""#), [.init("/personId", .form)]),
        (Self.order(#""label":"two\nlines""#), [.init("/label", .form)]),
        (Self.order(#""expiresIn":1.5"#), [.init("/expiresIn", .range)]),
        (Self.order(#""expiresIn":"60""#), [.init("/expiresIn", .type)]),
        (Self.order(#""expiresAt":"tomorrow""#), [.init("/expiresAt", .form)]),
        (Self.order(#""expiresAt":"2027-02-30T00:00:00Z""#), [.init("/expiresAt", .form)]),
        (Self.order(#""expiresAt":1800000000"#), [.init("/expiresAt", .type)]),
        (Self.order(#""expiresIn":60,"expiresAt":"2027-01-15T08:00:00Z""#), [.init("/expiresAt", .both)]),
        (Self.order(#""showPrices":"yes""#), [.init("/showPrices", .type)]),
        (Self.order(#""onBehalfOf":"user:a""#), [.init("/onBehalfOf", .type)]),
        (Self.order(#""onBehalfOf":{}"#), [.init("/onBehalfOf/userId", .required)]),
        (Self.order(#""onBehalfOf":{"userId":"a b","x":1}"#), [.init("/onBehalfOf/userId", .form), .init("/onBehalfOf/x", .unknown)]),
        (Self.order(#""onBehalfOf":{"userId":"a","companyId":"c"}"#), [.init("/onBehalfOf/companyUserId", .companyUserMissing)]),
        (Self.order(#""onBehalfOf":{"userId":"a","businessUnitId":"b"}"#), [.init("/onBehalfOf/businessUnitId", .unitWithoutCompany)]),
        (Self.order(#""maxAccepts":1,"allowTakeOver":true"#), []),
        (Self.order(#""maxAccepts":0"#), [.init("/maxAccepts", .range)]),
        (Self.order(#""maxAccepts":10001"#), [.init("/maxAccepts", .range)]),
        (Self.order(#""maxAccepts":"1","allowTakeOver":1"#), [.init("/maxAccepts", .type), .init("/allowTakeOver", .type)]),
        (Self.order(#""snapshot":true,"card":"items""#), []),
        (Self.order(#""snapshot":"yes","card":"large""#), [.init("/card", .value), .init("/snapshot", .type)]),
        (Self.order(#""snapshot":1,"card":true"#), [.init("/card", .type), .init("/snapshot", .type)]),
    ]

    private static func order(_ more: String) -> String { #"{"audience":"external","access":"read-only",\#(more)}"# }

    @Test(arguments: orders)
    func ordersOfLinksAreReadStrictly(json: String, faults: [InputFault]) {
        let found = problem(reading: json) { bytes throws(Problem) in try LinkOrder(body: bytes) }
        #expect(found?.faults ?? [] == faults)
        #expect(found?.code == (faults.isEmpty ? nil : .invalidInput))
    }

    @Test func anOrderKeepsWhatWasAsked() throws {
        let json =
            #"{"audience":"internal","access":"full","within":"person","personId":"company-user:x","label":"For X","expiresIn":90,"#
            + #""showPrices":false,"onBehalfOf":{"userId":"a","companyId":"c","businessUnitId":"b","companyUserId":"d"}}"#
        let order = try LinkOrder(body: Array(json.utf8))
        #expect(order.audience == .internal)
        #expect(order.access == .full)
        #expect(order.circle == .person)
        #expect(order.person == Subject("company-user:x"))
        #expect(order.label == LinkLabel("For X"))
        #expect(order.lifetime == .seconds(90))
        #expect(order.showPrices == false)
        #expect(order.onBehalfOf == People.person("a", company: "c", unit: "b", companyUser: "d"))
    }

    static let changes: [(json: String, faults: [InputFault])] = [
        ("{}", []), (#"{"access":"read-only","label":"l","expiresAt":"2027-01-15T08:00:00Z","paused":true}"#, []),
        (#"{"label":null}"#, []),
        (#"{"access":null}"#, [.init("/access", .type)]),
        (#"{"paused":null}"#, [.init("/paused", .type)]),
        (#"{"expiresIn":60}"#, [.init("/expiresIn", .unknown)]),
        (#"{"revokedAt":null,"id":"x"}"#, [.init("/revokedAt", .unknown), .init("/id", .unknown)]),
        (
            #"{"access":"none","label":7,"expiresAt":"","paused":1}"#,
            [.init("/access", .value), .init("/label", .type), .init("/expiresAt", .form), .init("/paused", .type)]
        ),
    ]

    @Test(arguments: changes)
    func changesOfLinksAreReadStrictly(json: String, faults: [InputFault]) {
        #expect(problem(reading: json) { bytes throws(Problem) in try LinkChange(body: bytes) }?.faults ?? [] == faults)
    }

    @Test func aLabelOfNullRemovesAndAnAbsentOneStays() throws {
        #expect(try LinkChange(body: Array(#"{"label":null}"#.utf8)).label == .some(nil))
        #expect(try LinkChange(body: Array("{}".utf8)).label == nil)
        #expect(try LinkChange(body: Array(#"{"label":"l"}"#.utf8)).label == .some(LinkLabel("l")))
    }

    static let pushes: [(json: String, faults: [InputFault])] = [
        (#"{"cart":{}}"#, []),
        (#"{"owner":{"userId":"a"},"format":"vtex-orderform","cart":{"items":[]},"transferOwner":true}"#, []),
        ("{}", [.init("/cart", .required)]),
        (#"{"cart":[]}"#, [.init("/cart", .type)]), (#"{"cart":"{}"}"#, [.init("/cart", .type)]),
        (#"{"cart":null}"#, [.init("/cart", .type)]),
        (#"{"cart":{},"format":"magento"}"#, [.init("/format", .value)]),
        (#"{"cart":{},"owner":"a"}"#, [.init("/owner", .type)]),
        (#"{"cart":{},"owner":{"userId":""}}"#, [.init("/owner/userId", .form)]),
        (#"{"cart":{},"owner":{"userId":"a","companyId":"c"}}"#, [.init("/owner/companyUserId", .companyUserMissing)]),
        (#"{"cart":{},"transferOwner":"yes","cartId":"x"}"#, [.init("/transferOwner", .type), .init("/cartId", .unknown)]),
    ]

    @Test(arguments: pushes)
    func pushesOfCartsAreReadStrictly(json: String, faults: [InputFault]) {
        let found = problem(reading: json) { bytes throws(Problem) in try CartPush(id: CartID("c")!, body: bytes, ifMatch: nil) }
        #expect(found?.faults ?? [] == faults)
    }

    @Test func aCartsBytesStayAsTheyCame() throws {
        let cart = "{ \"name\" : \"\\u0041\", \"total\":1.50 ,\"x\":[ ]}"
        let push = try CartPush(id: CartID("c")!, body: Array("{\"cart\": \(cart) }".utf8), ifMatch: nil)
        #expect(String(decoding: push.document, as: UTF8.self) == cart)
        #expect(push.name == "A")
        #expect(push.format == .cartlink)
        #expect(push.owner == nil)
    }
}
