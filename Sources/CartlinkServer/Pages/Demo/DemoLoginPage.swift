// SPDX-License-Identifier: Apache-2.0

import Mustache

/// The page on which a visitor of the demo chooses who to be.
struct DemoLoginPage: Sendable {
    private let template: MustacheTemplate
    private let languages: [DemoTexts]

    init() throws {
        template = try MustacheTemplate(string: String(decoding: PackageResources.demo_login_mustache, as: UTF8.self))
        languages = try DemoTexts.all()
    }

    /// - Parameters:
    ///   - present: who the visitor is already.
    ///   - wishes: the header `Accept-Language`.
    func html(
        for roles: [DemoLogins.Role],
        present: DemoLogins.Role?,
        back: String?,
        in wishes: String?
    ) -> (html: [UInt8], language: String) {
        let texts = languages.preferred(wishes).texts
        var page: [String: Any] = [
            "language": texts.language,
            "t": texts.texts,
            "roles": roles.map { ["id": $0.id, "name": $0.name, "part": texts["part.\($0.id)"]] },
        ]
        page["present"] = present.map { texts["youAreNow"].replacing("{name}", with: $0.name) }
        page["back"] = back
        return (Array(template.render(page).utf8), texts.language)
    }
}
