// SPDX-License-Identifier: Apache-2.0

/// An id that a shop or this service gave to a thing: `[A-Za-z0-9][A-Za-z0-9._~-]{0,127}`.
///
/// `Named` says what it names, so that a cart's id can't be passed where a user's is wanted.
public struct Identifier<Named>: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Accepts only the form above: such a text is safe as one path segment and in a header.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 128, first.isASCIILetterOrDigit else { return nil }
        guard bytes.allSatisfy({ $0.isASCIILetterOrDigit || Self.marks.contains($0) }) else { return nil }
        self.text = String(text)
    }

    private static var marks: [UInt8] { [0x2D, 0x2E, 0x5F, 0x7E] }

    public var description: String { text }
}

public enum NamesCart: Sendable {}
public enum NamesUser: Sendable {}
public enum NamesCompany: Sendable {}
public enum NamesBusinessUnit: Sendable {}
public enum NamesCompanyUser: Sendable {}
public enum NamesItem: Sendable {}
public enum NamesGrant: Sendable {}
public enum NamesComment: Sendable {}

public typealias CartID = Identifier<NamesCart>
public typealias UserID = Identifier<NamesUser>
public typealias CompanyID = Identifier<NamesCompany>
public typealias BusinessUnitID = Identifier<NamesBusinessUnit>
public typealias CompanyUserID = Identifier<NamesCompanyUser>
public typealias GrantID = Identifier<NamesGrant>
public typealias CommentID = Identifier<NamesComment>

extension UInt8 {
    package var isASCIILetterOrDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
