// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Where requests go: `https://<host>[:<port>][/<path>][?<query>]`, the path may be a secret.
package struct EndpointURL: Sendable, Equatable {
    package let text: String
    /// In lower case; an IPv6 address without its brackets.
    package let host: String
    package let port: Int
    package let isSecure: Bool

    package enum Fault: Error, Equatable {
        case form
        case userInfo
        /// Plain HTTP is for hosts inside, and those are allowed by name.
        case plain
    }

    package init(_ text: String, allowsPlain: Bool) throws(Fault) {
        let schemes: [(start: String, port: Int)] = [("https://", 443), ("http://", 80)]
        guard let (start, standardPort) = schemes.first(where: { text.lowercased().hasPrefix($0.start) }) else { throw .form }
        let rest = text.dropFirst(start.count)
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\\\"<>^`{|}#".utf8.contains($0) }) else {
            throw .form
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { throw .userInfo }
        let (name, port) = Self.parts(of: authority.lowercased())
        let path = rest.dropFirst(authority.count)
        guard Self.isHost(name), let port = port.map({ Self.port($0) }) ?? standardPort else { throw .form }
        isSecure = start == "https://"
        guard isSecure || allowsPlain else { throw .plain }
        self.port = port
        host = String(name.hasPrefix("[") ? name.dropFirst().dropLast() : name[...])
        let normal = start + name + (port == standardPort ? "" : ":\(port)") + (path.hasPrefix("/") ? path : "/" + path)
        // The client reads it once more, and must find the same host: the address that was checked goes by that name.
        guard let read = URL(string: normal), let found = read.host, found == host || found == name, read.user == nil else { throw .form }
        self.text = normal
    }

    private static func parts(of authority: String) -> (name: String, port: Substring?) {
        let end =
            authority.hasPrefix("[") ? authority.firstIndex(of: "]").map { authority.index(after: $0) } : authority.firstIndex(of: ":")
        guard let end, end < authority.endIndex else { return (authority, nil) }
        let rest = authority[end...]
        return rest.hasPrefix(":") ? (String(authority[..<end]), rest.dropFirst()) : (authority, nil)
    }

    private static func port(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(text), (1...65_535).contains(port) else { return nil }
        return port
    }

    private static func isHost(_ name: String) -> Bool {
        if name.hasPrefix("["), name.hasSuffix("]") {
            return name.contains(":") && name.dropFirst().dropLast().utf8.allSatisfy { "0123456789abcdef:.".utf8.contains($0) }
        }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return name.utf8.count <= 253
            && labels.allSatisfy { label in
                !label.isEmpty && label.utf8.count <= 63
                    && label.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-_".utf8.contains($0) }
            }
    }
}
