// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import Testing
import Webhooks

@testable import cartlink

struct WebhookSettingsTests {
    static let secret = "whsec_" + String(repeating: "YWJj", count: 8)

    private func read(_ entry: String, secret: String = secret, mode: Int = 0o600) throws -> (hooks: [Endpoint], faults: [String]) {
        try TemporaryFolder.use { folder in
            let path = try folder.write(secret, to: "secret", mode: mode)
            let yaml = "webhooks:\n" + entry.replacing("SECRET", with: path)
            do {
                return (try Settings(yaml: yaml, file: "c.yaml", environment: [:]).webhooks, [])
            } catch let error as SettingsFaults {
                return ([], error.lines.map { $0.replacing(path, with: "SECRET") })
            }
        }
    }

    @Test func anEntryIsRead() throws {
        let entry = #" - { url: "https://Shop.example:443/hooks?k=1", secretFile: SECRET, events: ["link.*", cart.changed] }"#
        let hooks = try read(entry).hooks
        let webhook = try #require(hooks.first?.webhook)
        #expect(hooks.count == 1 && webhook.host == "shop.example" && webhook.events == ["link.*", "cart.changed"])
        #expect(webhook.kinds == [.linkCreated, .linkAccepted, .linkRevoked, .cartChanged])
        #expect(webhook.id == WebhookID(url: "https://shop.example/hooks?k=1"))
    }

    @Test func plainHTTPIsForReceiversInside() throws {
        let entry = #" - { url: "http://10.0.0.1:8080/", secretFile: SECRET, events: ["*"], allowPrivateAddresses: true }"#
        #expect(try read(entry).faults.isEmpty)
    }

    /// Each on the second line, with the key at fault and what to do.
    @Test(arguments: [
        ("{ secretFile: SECRET, events: ['*'] }", "webhooks[0] needs url"),
        ("{ url: 'https://a', events: ['*'] }", "webhooks[0] needs secretFile"),
        ("{ url: 'https://a', secretFile: SECRET }", "webhooks[0] needs events"),
        ("{ url: a.example, secretFile: SECRET, events: ['*'] }", "webhooks[0].url must be an https: address like"),
        ("{ url: 'https://a/#x', secretFile: SECRET, events: ['*'] }", "webhooks[0].url must be an https: address like"),
        ("{ url: 'ftp://a', secretFile: SECRET, events: ['*'] }", "webhooks[0].url must be an https: address like"),
        ("{ url: 'http://a', secretFile: SECRET, events: ['*'] }", "webhooks[0].url must be an https: address; plain http: only with"),
        ("{ url: 'https://u:p@a', secretFile: SECRET, events: ['*'] }", "webhooks[0].url must not hold a user or a password"),
        ("{ url: 'https://a', secretFile: none/here, events: ['*'] }", "webhooks[0].secretFile can't be used: none/here is missing"),
        ("{ url: 'https://a', secretFile: SECRET, events: [] }", "webhooks[0].events must list some of link.created, "),
        ("{ url: 'https://a', secretFile: SECRET, events: [link.made] }", "webhooks[0].events must list some of link.created, "),
        ("{ url: 'https://a', secretFile: SECRET, events: ['link*'] }", "webhooks[0].events must list some of link.created, "),
        ("{ url: 'https://a', secretFile: SECRET, events: link.created }", "webhooks[0].events must be a list of values"),
        ("{ url: 'https://a', secretFile: SECRET, events: ['*'], allowPrivateAddresses: 1 }", "webhooks[0].allowPrivateAddresses must be"),
        ("{ url: 'https://a', secretFile: SECRET, events: ['*'], headers: {} }", "webhooks[0].headers is not a key of this version"),
    ])
    func aBadEntryIsTold(entry: String, fault: String) throws {
        let faults = try read(" - " + entry).faults
        #expect(faults.count == 1 && faults.first?.hasPrefix("c.yaml:2: \(fault)") == true, "\(faults)")
    }

    @Test(arguments: [
        ("CANARY", 0o600, "must hold whsec_ and base64"), ("whsec_CANARY!", 0o600, "must hold whsec_ and base64"),
        ("", 0o600, "must hold whsec_ and base64"), ("whsec_Q0FOQVJZ", 0o600, "must hold 24 to 64 bytes as base64; SECRET holds 6"),
        ("whsec_" + String(repeating: "YWJj", count: 22), 0o600, "must hold 24 to 64 bytes as base64; SECRET holds 66"),
        (secret, 0o640, "can't be used: SECRET can be read by others; run: chmod 600 SECRET"),
    ])
    func aBadSecretIsToldAndNotRepeated(secret: String, mode: Int, fault: String) throws {
        let faults = try read(" - { url: 'https://a', secretFile: SECRET, events: ['*'] }", secret: secret, mode: mode).faults
        #expect(faults.count == 1 && faults.first?.hasPrefix("c.yaml:2: webhooks[0].secretFile \(fault)") == true, "\(faults)")
        #expect(!"\(faults)".contains("CANARY"))
    }

    @Test func oneAddressIsListedOnce() throws {
        let entry = " - { url: 'https://a/x', secretFile: SECRET, events: [link.created] }"
        let faults = try read(entry + "\n - { url: 'HTTPS://A:443/x', secretFile: SECRET, events: [link.revoked] }").faults
        #expect(faults == ["c.yaml:3: webhooks[1].url is listed twice: give one entry all the events"])
    }

    @Test func thereIsAnEndToThem() throws {
        let entries = (0...16).map { " - { url: 'https://a/\($0)', secretFile: SECRET, events: ['*'] }" }
        #expect(try read(entries.joined(separator: "\n")).faults == ["c.yaml:2: webhooks may list at most 16 of them"])
        #expect(try read(entries.dropLast().joined(separator: "\n")).hooks.count == 16)
    }
}
