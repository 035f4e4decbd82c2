// SPDX-License-Identifier: Apache-2.0

import Mustache
import ShareLinks

/// The demo's shop as a page: its frame is made here, what is in the carts comes by its script.
struct DemoShopPage: Sendable {
    private let template: MustacheTemplate
    private let languages: [DemoTexts]

    init() throws {
        let text = String(decoding: PackageResources.demo_shop_mustache, as: UTF8.self)
        template = try MustacheTemplate(string: HTMLText.pragma + text)
        languages = try DemoTexts.all()
    }

    /// - Parameters:
    ///   - present: who the visitor is; nil for a stranger.
    ///   - wishes: the header `Accept-Language`.
    ///   - showsKey: whether the page may offer the administrator's key.
    func html(of shop: DemoShop, for present: DemoLogins.Role?, in wishes: String?, showsKey: Bool) -> (html: [UInt8], language: String) {
        let (texts, locale) = languages.preferred(wishes)
        let people = shop.logins.roles.map { Self.values(of: $0, present: present, in: texts) }
        var stranger: [String: Any] = ["id": "nobody", "name": texts["stranger"], "part": texts["part.nobody"]]
        if present == nil { stranger["isPresent"] = true }
        let isMain = shop.logins.roles.map(\.isMain)
        let page: [String: Any] = [
            "language": texts.language,
            "locale": locale,
            "t": texts.texts,
            "texts": texts.json,
            "present": present.map { ["id": $0.id, "name": $0.name, "part": texts["part.\($0.id)"]] } ?? stranger,
            "isStranger": present == nil,
            "people": zip(people, isMain).filter(\.1).map(\.0) + [stranger],
            "others": zip(people, isMain).filter { !$0.1 }.map(\.0),
            "isOther": present.map { !$0.isMain } ?? false,
            "steps": DemoStories.Step.allCases.map { Self.values(of: $0, shop.stories, in: texts) },
            "articles": shop.articles.map { ["sku": $0.sku, "name": $0.name] },
            "console": ["address": shop.console.address, "showsKey": showsKey] as [String: Any],
        ]
        return (Array(template.render(page).utf8), texts.language)
    }

    private static func values(of role: DemoLogins.Role, present: DemoLogins.Role?, in texts: DemoTexts) -> [String: Any] {
        var values: [String: Any] = [
            "id": role.id, "name": role.name, "part": texts["part.\(role.id)"], "personId": "\(role.person.subject)",
        ]
        if role.id == present?.id { values["isPresent"] = true }
        return values
    }

    private static func values(of step: DemoStories.Step, _ stories: DemoStories, in texts: DemoTexts) -> [String: Any] {
        [
            "id": step.rawValue,
            "title": texts["step.\(step.rawValue)"],
            "look": texts["look.\(step.rawValue)"],
            "button": texts["go.\(step.rawValue)"],
            "isConsole": step == .revoke,
            "person": stories.person(for: step)?.userID.text ?? "nobody",
        ]
    }
}
