// SPDX-License-Identifier: Apache-2.0

import OutgoingHTTP
import ShareLinks
import Webhooks

/// Who is told of changes; each entry with its address, its secret and the events it wants.
extension SettingReader {
    mutating func webhooks() -> [Endpoint] {
        let keys = elements("webhooks")
        if keys.count > Endpoint.most { add("may list at most \(Endpoint.most) of them", key: "webhooks") }
        var endpoints: [Endpoint] = []
        for key in keys {
            guard let endpoint = webhook(at: key) else { continue }
            if endpoints.contains(where: { $0.webhook.id == endpoint.webhook.id }) {
                add("is listed twice: give one entry all the events", key: "\(key).url")
            }
            endpoints.append(endpoint)
        }
        return endpoints
    }

    private mutating func webhook(at key: String) -> Endpoint? {
        let allowsPrivateAddresses = bool("\(key).allowPrivateAddresses", false)
        for name in ["url", "secretFile", "events"] where !has("\(key).\(name)") { add("needs \(name)", key: key) }
        let url = webhookURL("\(key).url", allowsPlain: allowsPrivateAddresses)
        let secret = webhookSecret("\(key).secretFile")
        guard let events = strings("\(key).events") else { return nil }
        guard let webhook = Webhook(url: url?.text ?? "", host: url?.host ?? "", events: events) else {
            let names = Notice.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            add("must list some of \(names), or link.* or cart.*", key: "\(key).events")
            return nil
        }
        guard let url, let secret else { return nil }
        return Endpoint(webhook: webhook, url: url, secret: secret, allowsPrivateAddresses: allowsPrivateAddresses)
    }

    /// The faults don't repeat the address: its path may be a secret.
    private mutating func webhookURL(_ key: String, allowsPlain: Bool) -> EndpointURL? {
        guard let text = string(key) else { return nil }
        let noUser = ": the receiver knows us by the signature"
        return endpointURL(text, of: key, allowsPlain: allowsPlain, like: "https://shop.example/hooks", noUser: noUser)
    }

    /// Where something is sent to.
    mutating func endpointURL(
        _ text: String,
        of key: String,
        allowsPlain: Bool,
        like example: String,
        noUser why: String = ""
    ) -> EndpointURL? {
        do throws(EndpointURL.Fault) {
            return try EndpointURL(text, allowsPlain: allowsPlain)
        } catch {
            switch error {
            case .form: add("must be an https: address like \(example), without a fragment", key: key)
            case .userInfo: add("must not hold a user or a password\(why)", key: key)
            case .plain: add("must be an https: address; plain http: only with allowPrivateAddresses: true", key: key)
            }
            return nil
        }
    }

    private mutating func webhookSecret(_ key: String) -> WebhookSecret? {
        guard let path = string(key) else { return nil }
        // The secret itself in place of its file isn't repeated.
        guard !path.hasPrefix("whsec_") else {
            add("must be the path of a file that holds the secret, not the secret", key: key)
            return nil
        }
        do {
            return try WebhookSecret(fileContents: try SecretFile.read(path))
        } catch let fault as SecretFile.Fault {
            add("can't be used: \(fault)", key: key)
        } catch WebhookSecret.Fault.length(let count) {
            add("must hold 24 to 64 bytes as base64; \(path) holds \(count)", key: key)
        } catch {
            add("must hold whsec_ and base64, on one line; \(path) holds something else", key: key)
        }
        return nil
    }
}
