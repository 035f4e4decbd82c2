// SPDX-License-Identifier: Apache-2.0

/// A person's typed name, `personId` on the wire: `company-user:<id>` where the login has one, else `user:<id>`.
public enum Subject: Hashable, Sendable, CustomStringConvertible {
    case companyUser(CompanyUserID)
    case user(UserID)

    package init?(_ text: some StringProtocol) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let id = text[text.index(after: colon)...]
        switch text[..<colon] {
        case "company-user":
            guard let id = CompanyUserID(id) else { return nil }
            self = .companyUser(id)
        case "user":
            guard let id = UserID(id) else { return nil }
            self = .user(id)
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .companyUser(let id): "company-user:\(id)"
        case .user(let id): "user:\(id)"
        }
    }
}
