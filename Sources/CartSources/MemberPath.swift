// SPDX-License-Identifier: Apache-2.0

package import Redaction

/// Where a value stands in a JSON document: the names of the members that lead to it, such as `clientProfileData.email`. No arrays.
package struct MemberPath: Sendable, Hashable {
    /// The document itself.
    package static let root = MemberPath()

    package let names: [String]

    private init() {
        names = []
    }

    /// Names with dots between; nil for a text that isn't that.
    package init?(_ text: some StringProtocol) {
        let names = String(text).split(separator: "." as Character, omittingEmptySubsequences: false).map { String($0) }
        guard names.count <= 16, names.allSatisfy(Self.isName) else { return nil }
        self.names = names
    }

    package var text: String { names.joined(separator: ".") }

    /// The value there; nil where it is absent or null.
    package func node(in document: JSONNode) -> JSONNode? {
        var node = document
        for name in names {
            guard let next = node[name] else { return nil }
            node = next
        }
        return node.kind == .null ? nil : node
    }

    /// Whether null stands there.
    package func isNull(in document: JSONNode) -> Bool {
        guard let name = names.last else { return false }
        return MemberPath(parentOf: self).node(in: document)?[name]?.kind == .null
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"[]{}*\"\\".utf8.contains($0) }
    }
}

extension MemberPath {
    /// Where the object is whose member the path names.
    init(parentOf path: MemberPath) {
        names = path.names.dropLast()
    }
}
