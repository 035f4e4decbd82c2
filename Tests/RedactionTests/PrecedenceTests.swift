// SPDX-License-Identifier: Apache-2.0

import Redaction
import Testing

@Suite struct PrecedenceTests {
    @Test(
        "the closest line decides",
        arguments: [
            // What no line names is dropped.
            ("a public show show show", #"{"a":1,"b":2}"#, #"{"a":1}"#),
            // A line without ** matches scalars only; null is one.
            ("a public show show show", #"{"a":{"b":1}}"#, "{}"),
            ("a public show show show", #"{"a":[1]}"#, "{}"),
            ("a public show show show", #"{"a":null}"#, #"{"a":null}"#),
            // ** takes the value itself and all below.
            ("a.** public show show show", #"{"a":{"b":[1,{"c":[]}]}}"#, #"{"a":{"b":[1,{"c":[]}]}}"#),
            ("a.** public show show show", #"{"a":7}"#, #"{"a":7}"#),
            ("** public show show show", #"{"a":{"b":[1]}}"#, #"{"a":{"b":[1]}}"#),
            // * is any one member, not an element, and [] any element, not a member.
            ("a.* public show show show", #"{"a":{"x":1,"y":{"z":2}}}"#, #"{"a":{"x":1}}"#),
            ("a.* public show show show", #"{"a":[1]}"#, "{}"),
            ("a[] public show show show", #"{"a":[1,[2],{"b":3},"x"]}"#, #"{"a":[1,"x"]}"#),
            ("a[] public show show show", #"{"a":{"":1}}"#, "{}"),
            ("a[][].b public show show show", #"{"a":[[{"b":1,"c":2}],3]}"#, #"{"a":[[{"b":1}]]}"#),
            ("*[].b public show show show", #"{"a":[{"b":1}],"c":1}"#, #"{"a":[{"b":1}]}"#),
            // Name before *, * before **, whatever the order of the lines.
            ("a.* public show show show\na.b public drop show show", #"{"a":{"b":1,"c":2}}"#, #"{"a":{"c":2}}"#),
            ("a.b public drop show show\na.** public show show show", #"{"a":{"b":1,"c":{"b":2}}}"#, #"{"a":{"c":{"b":2}}}"#),
            ("a.** opaque drop drop drop\na.b.c public show show show", #"{"a":{"b":{"c":1,"d":2},"e":3}}"#, #"{"a":{"b":{"c":1}}}"#),
            ("a.* public show show show\na.** public drop show show", #"{"a":{"b":1,"c":{"d":2}}}"#, #"{"a":{"b":1}}"#),
            // The first difference from the left decides.
            ("a.* public show show show\n*.b public drop show show", #"{"a":{"b":1},"c":{"b":2}}"#, #"{"a":{"b":1}}"#),
            // What a close line expects to be text does not slip through a wider line as an object.
            ("a.** public show show show\na.b personal drop drop show", #"{"a":{"b":{"secret":1},"c":1}}"#, #"{"a":{"c":1}}"#),
            ("a.** public show show show\na.b personal drop drop show", #"{"a":{"b":["secret"],"c":1}}"#, #"{"a":{"c":1}}"#),
            ("a.** public show show show\na.b.c personal drop drop show", #"{"a":{"b":"secret"}}"#, #"{"a":{}}"#),
            ("a.** public show show show\na.b.c personal drop drop show", #"{"a":{"b":[{"c":"secret"}]}}"#, #"{"a":{}}"#),
            ("a.** public show show show\na.b[].c personal drop drop show", #"{"a":{"b":{"c":"secret"}}}"#, #"{"a":{}}"#),
            // Elements chosen by a member, wherever it stands in the element.
            (
                "a[id=x].v public show show show\na[id=x].id public show show show",
                #"{"a":[{"v":1,"id":"x"},{"id":"y","v":2},{"v":3},"x",{"id":1,"v":4}]}"#, #"{"a":[{"v":1,"id":"x"}]}"#
            ),
            (
                "a[id=x].v public show show show\na[].id public show show show", #"{"a":[{"v":1,"i\u0064":"\u0078"}]}"#,
                #"{"a":[{"v":1,"i\u0064":"\u0078"}]}"#
            ),
            (
                "a[id=x].v public drop show show\na[].v public show show show\na[].id public show show show",
                #"{"a":[{"id":"x","v":1},{"id":"y","v":2}]}"#, #"{"a":[{"id":"x"},{"id":"y","v":2}]}"#
            ),
            (
                "a[id=x].v public show show show\na[].id public show show show", #"{"a":[{"id":"x","v":1},{"id":"y","v":2}]}"#,
                #"{"a":[{"id":"x","v":1},{"id":"y"}]}"#
            ),
            // Containers stay by the policy alone, null in their place too.
            ("a.b public show show show\nc.d public drop show show", #"{"a":{"x":1},"c":{"d":1}}"#, #"{"a":{}}"#),
            ("a.b public show show show\nc[].d public show show show", #"{"a":null,"c":null}"#, #"{"a":null,"c":null}"#),
            ("a.b public drop show show", #"{"a":null}"#, "{}"),
        ]
    )
    func closest(policy: String, cart: String, guest: String) throws {
        let policy = try Policy(name: "p", file: "p", text: policy)
        #expect(try text(policy.project(Array(cart.utf8), for: .guest)) == guest)
        #expect(try text(policy.projectReporting(Array(cart.utf8), for: .guest).bytes) == guest)
    }

    @Test(
        "keys are compared decoded and copied as they came",
        arguments: [
            (#"{"\u0065mail":1,"a":2}"#, #"{"\u0065mail":1}"#), (#"{"e\u006dail":1}"#, #"{"e\u006dail":1}"#),
            (#"{"Email":1,"email ":2}"#, "{}"),
            (#"{ "email" : 1.50E+2 , "x" : 1 }"#, #"{"email":1.50E+2}"#), (#"{"email":"\u0041\/"}"#, #"{"email":"\u0041\/"}"#),
        ]
    )
    func keys(cart: String, guest: String) throws {
        let policy = try Policy(name: "p", file: "p", text: "email public show show show")
        #expect(try text(policy.project(Array(cart.utf8), for: .guest)) == guest)
    }

    @Test(
        "each viewer has a column; services go by the class",
        arguments: [
            (Viewer.guest, #"{"a":1}"#), (.member, #"{"a":1,"b":2}"#), (.owner, #"{"a":1,"b":2,"c":3}"#),
            (.service, #"{"a":1,"b":2,"d":4,"f":6}"#),
        ]
    )
    func columns(viewer: Viewer, projection: String) throws {
        let policy = try Policy(
            name: "p",
            file: "p",
            text: """
                a public     show show show
                b identifier drop show show
                c personal   drop drop show
                d opaque     drop drop drop
                e payment    drop drop drop
                f public     drop drop drop
                """
        )
        #expect(try text(policy.project(Array(#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}"#.utf8), for: viewer)) == projection)
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
