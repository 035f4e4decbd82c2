// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// `/` and `/console`: the page on which support staff find links and take them away.
///
/// The files hold nothing that is secret: all that the page shows it asks of `/admin/v1` with the key that was typed into it.
struct ConsoleRoutes: RouteGroup {
    func add(to router: Router<ServerContext>) {
        for file in Asset.console {
            router.get(RouterPath(file.path)) { request, _ in Answer.content(file.content, headers: file.headers, for: request) }
        }
    }
}

extension Asset {
    static let console = [page] + style + modules.map { module($0.name, $0.bytes) }

    private static let page = Asset(
        path: "/",
        content: .text(PackageResources.console_html, type: "text/html"),
        headers: headers.replacing(with: [.contentSecurityPolicy: contentSecurityPolicy])
    )

    private static let style = [
        Asset(path: "/console/console.css", content: .text(PackageResources.console_css, type: "text/css"), headers: headers),
        Asset(path: "/console/icon.svg", content: .text(PackageResources.icon_svg, type: "image/svg+xml"), headers: headers),
    ]

    private static let modules: [(name: String, bytes: [UInt8])] = [
        ("admin-calls", PackageResources.admin_calls_js),
        ("admin-key", PackageResources.admin_key_js),
        ("audit-list", PackageResources.audit_list_js),
        ("audit-search", PackageResources.audit_search_js),
        ("confirmation", PackageResources.confirmation_js),
        ("console", PackageResources.console_js),
        ("console-texts", PackageResources.console_texts_js),
        ("id-button", PackageResources.id_button_js),
        ("inspection", PackageResources.inspection_js),
        ("key-list", PackageResources.key_list_js),
        ("link-details", PackageResources.link_details_js),
        ("link-ending", PackageResources.link_ending_js),
        ("link-row", PackageResources.link_row_js),
        ("link-search", PackageResources.link_search_js),
        ("log-in", PackageResources.log_in_js),
        ("mass-revocation", PackageResources.mass_revocation_js),
        ("nodes", PackageResources.nodes_js),
        ("notices", PackageResources.notices_js),
        ("texts-en", PackageResources.texts_en_js),
        ("texts-es", PackageResources.texts_es_js),
        ("times", PackageResources.times_js),
        ("webhook-list", PackageResources.webhook_list_js),
    ]

    private static func module(_ name: String, _ bytes: [UInt8]) -> Asset {
        Asset(path: "/console/\(name).js", content: .text(bytes, type: "text/javascript"), headers: headers)
    }

    /// Asked for anew each time: after an update the modules must be of one version.
    private static let headers: HTTPFields = [.cacheControl: "no-cache"]

    /// Everything from us and nothing inline; a form never sends by itself, so no key or link can end in an address.
    private static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; "
        + "frame-ancestors 'none'; base-uri 'none'"
}
