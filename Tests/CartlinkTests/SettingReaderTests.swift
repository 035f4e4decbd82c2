// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import cartlink

struct SettingReaderTests {
    private func reader(_ yaml: String, _ environment: [String: String] = [:]) -> SettingReader {
        SettingReader(yaml: yaml, file: "c.yaml", environment: environment)
    }

    @Test func scalarsAreReadAsTheyStand() {
        var reader = reader("a: { b: text, n: 7, e: \"\", z: null, t: ~ }\n")
        #expect(reader.string("a.b") == "text")
        #expect(reader.string("a.n") == "7")
        #expect(reader.string("a.e") == "")
        #expect(reader.string("a.z") == nil)
        #expect(reader.string("a.t") == nil)
        #expect(reader.string("a.absent") == nil)
        #expect(reader.faults == [])
    }

    @Test func everyFaultNamesItsLine() {
        var reader = reader("a:\n  b: [1]\n  c: { d: 1 }\n  l: one\n  m:\n    - [x]\n  n: maybe\n")
        _ = reader.string("a.b")
        _ = reader.string("a.c")
        _ = reader.strings("a.l")
        _ = reader.strings("a.m")
        _ = reader.elements("a.l")
        _ = reader.bool("a.n", true)
        #expect(
            reader.faults == [
                "c.yaml:2: a.b must be a single value", "c.yaml:3: a.c must be a single value", "c.yaml:4: a.l must be a list of values",
                "c.yaml:6: a.m must be a list of values", "c.yaml:4: a.l must be a list of mappings", "c.yaml:7: a.n must be true or false",
            ]
        )
    }

    @Test func theEnvironmentWinsOverTheFileForScalars() {
        let environment = [
            "CARTLINK_PUBLIC_URL": "http://e", "CARTLINK_LINKS_EXTERNAL_MAX_LIFETIME": "9d", "CARTLINK_TENANT": "", "CARTLINK_LIST": "x",
            "PUBLIC_URL": "http://wrong", "CARTLINK_PUBLIC": "wrong",
        ]
        var reader = reader("public: { url: http://f }\nlinks: { external: { maxLifetime: 1d } }\ntenant: f\nlist: [a, b]\n", environment)
        #expect(reader.string("public.url") == "http://e")
        #expect(reader.string("links.external.maxLifetime") == "9d")
        #expect(reader.string("tenant") == "")
        #expect(reader.strings("list") == ["a", "b"])
        #expect(reader.faults == [])
    }

    @Test func theEnvironmentServesWhereTheFileSaysNothing() {
        var reader = reader("", ["CARTLINK_A_B": "e"])
        #expect(reader.string("a.b") == "e")
        let (there, absent) = (reader.has("a.b"), reader.has("a.c"))
        #expect(there && !absent)
    }

    @Test func listsOfMappingsAreReadByIndex() {
        var reader = reader("l:\n  - { n: one, s: [a] }\n  - { n: two }\n")
        let keys = reader.elements("l")
        #expect(keys == ["l[0]", "l[1]"])
        let names = keys.map { reader.string("\($0).n") }
        #expect(names == ["one", "two"])
        #expect(reader.strings("l[0].s") == ["a"])
        #expect(reader.strings("l[1].s") == nil)
        #expect(reader.string("l[7].n") == nil)
    }

    @Test func whatNobodyReadIsUnknownAtEveryLevel() {
        var reader = reader("a: { b: 1, x: 1 }\ny: 2\nl:\n  - n: 1\n    z: 2\n    c: { u: 1, w: 3 }\nq: { deep: { r: 1 } }\n")
        _ = reader.string("a.b")
        for key in reader.elements("l") {
            _ = reader.string("\(key).n")
            _ = reader.string("\(key).c.u")
        }
        reader.refuseUnknownKeys()
        #expect(
            reader.faults == [
                "c.yaml:1: a.x is not a key of this version", "c.yaml:2: y is not a key of this version",
                "c.yaml:5: l[0].z is not a key of this version", "c.yaml:6: l[0].c.w is not a key of this version",
                "c.yaml:7: q is not a key of this version",
            ]
        )
    }

    @Test(arguments: ["a: [1", "a: 1\na: 2", "\tx: 1", "a: 'b", "{a: }}", "a: *unknown"])
    func whatIsNotYAMLIsRefused(yaml: String) {
        #expect(reader(yaml).faults.count == 1)
        #expect(reader(yaml).faults.first?.hasPrefix("c.yaml: this is not YAML") == true)
    }

    @Test(arguments: ["- a", "text", "7"])
    func aFileIsAMapping(yaml: String) {
        #expect(reader(yaml).faults == ["c.yaml:1: the file must be a YAML mapping, key: value"])
    }

    @Test(arguments: ["", "# nothing\n"])
    func anEmptyFileIsAllDefaults(yaml: String) {
        var reader = reader(yaml)
        reader.refuseUnknownKeys()
        #expect(reader.faults == [])
        #expect(reader.value("a", 7, "a number") { Int($0) } == 7)
    }
}
