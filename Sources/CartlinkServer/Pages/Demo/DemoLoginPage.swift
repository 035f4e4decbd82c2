// SPDX-License-Identifier: Apache-2.0

import Mustache

/// The page on which a visitor of the demo chooses who to be.
struct DemoLoginPage: Sendable {
    private let template: MustacheTemplate

    init() throws {
        template = try MustacheTemplate(string: String(decoding: PackageResources.demo_login_mustache, as: UTF8.self))
    }

    /// - Parameter present: who the visitor is already.
    func html(for roles: [DemoLogins.Role], present: String?, back: String?) -> [UInt8] {
        var page: [String: Any] = ["roles": roles.map { ["id": $0.id, "name": $0.name, "part": $0.part] }]
        page["present"] = roles.first { $0.id == present }?.name
        page["back"] = back
        return Array(template.render(page).utf8)
    }
}
