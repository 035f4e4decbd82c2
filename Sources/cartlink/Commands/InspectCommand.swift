// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import ShareLinks

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Says what a link is and why it works or doesn't, without printing the token."
    )

    @Argument(help: "The link's URL, or its token.") var url: String
    @OptionGroup var admin: AdminOptions

    func run() async throws {
        try await reporting {
            let settings = try admin.options.settings()
            let client = AdminClient(address: settings.adminAddress, key: try admin.key())
            let question = [url.contains("/") ? "url" : "token": url]
            if let answer = try await client.send("POST", "/admin/v1/inspect", body: question) {
                let object = try answer.json()
                let text = try JSONSerialization.data(
                    withJSONObject: object,
                    options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                )
                print(String(decoding: text, as: UTF8.self))
                return
            }
            let token = url.split(separator: "/").last.map { String($0.prefix { $0 != "?" && $0 != "#" }) } ?? ""
            let found = try await StoppedStore.with(settings) { administration throws(ShareError) in
                try await administration.inspect(token, by: .commandLine, at: Clock.now())
            }
            print("verdict: \(found.verdict.rawValue)")
            if let link = found.link {
                print("link \(link.id), cart \(link.cart), \(link.audience.name), \(link.access.rawValue), expires \(link.expiresAt)")
            }
        }
    }
}
