// SPDX-License-Identifier: Apache-2.0

/// Where a page comes from: scheme, host and port, as browsers write it (RFC 6454, section 6.2).
package struct Origin: Sendable, Hashable {
    /// In lower case, without the scheme's own port.
    package let text: String
    package let host: String

    /// Nil for anything but `http` or `https`, a host and maybe a port: a path, `null`, a user or a `*` is no origin.
    package init?(_ text: String) {
        guard let separator = text.firstRange(of: "://"), let ownPort = Self.ownPorts[String(text[..<separator.lowerBound])] else {
            return nil
        }
        let parts = text[separator.upperBound...].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first, (1...253).contains(host.utf8.count), host.allSatisfy(Self.isHostCharacter)
        else { return nil }
        let port = parts.dropFirst().first.map(String.init)
        guard port.map(Self.isPort) ?? true else { return nil }
        self.host = host.lowercased()
        self.text = text[..<separator.upperBound] + self.host + (port.flatMap { $0 == ownPort ? nil : ":\($0)" } ?? "")
    }

    private static let ownPorts = ["http": "80", "https": "443"]

    private static func isPort(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } && !text.hasPrefix("0") && Int(text).map { (1...65_535).contains($0) } ?? false
    }

    private static func isHostCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "." || character == "-")
    }
}
