// SPDX-License-Identifier: Apache-2.0

import CPostgres

/// Where the database is, as a connection URI of libpq without a password
/// (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING).
///
/// TLS and all else that libpq knows goes through; what bounds waits is Cartlink's own.
package struct PostgresAddress: Sendable, Equatable {
    private let parameters: [Parameter]

    private struct Parameter: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// Half a sentence that says what is wrong.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    package init(_ url: String) throws(Fault) {
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
            throw Fault(description: "must be sqlite, or a URL like postgres://cartlink@db.shop.example:5432/cartlink?sslmode=verify-full")
        }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            // The message may quote a part of the URL, and people put passwords there.
            PQfreemem(message)
            throw Fault(
                description: "is no PostgreSQL connection URI, like postgres://cartlink@db.shop.example:5432/cartlink?sslmode=verify-full"
            )
        }
        defer { PQconninfoFree(options) }
        var found: [Parameter] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found.append(Parameter(name: String(cString: keyword), value: String(cString: value))) }
            option += 1
        }
        if found.contains(where: { $0.name == "password" }) {
            throw Fault(description: "must not hold a password: put it into a file and name that in storagePasswordFile")
        }
        if let own = found.first(where: { Self.own.contains($0.name) }) {
            throw Fault(description: "must not set \(own.name): Cartlink does")
        }
        guard found.contains(where: { $0.name == "dbname" && !$0.value.isEmpty }), found.contains(where: { $0.name == "user" }) else {
            throw Fault(description: "must name the user and the database, like postgres://cartlink@db.shop.example:5432/cartlink")
        }
        parameters = found
    }

    /// Host, port and database, for people.
    package var text: String {
        let host = value("host") ?? value("hostaddr") ?? "the local socket"
        return "\(host):\(value("port") ?? "5432")/\(value("dbname") ?? "")"
    }

    private func value(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The settings that bound how long a broken network or a standby can keep us waiting.
    private static let own: Set<String> = [
        "connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
        "target_session_attrs", "client_encoding", "options", "application_name", "fallback_application_name", "replication",
    ]

    /// What connections of nodes are called in `pg_stat_activity`; a copy's must not be taken for them.
    static let nodes = "cartlink"

    /// All that a connection is made with.
    func connection(password: String?, as application: String = nodes) -> [(name: String, value: String)] {
        parameters.map { ($0.name, $0.value) } + (password.map { [("password", $0)] } ?? []) + [
            ("connect_timeout", "2"),
            ("keepalives", "1"), ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "5000"),
            ("target_session_attrs", "read-write"),
            ("client_encoding", "UTF8"),
            ("application_name", application),
        ]
    }
}
