// SPDX-License-Identifier: Apache-2.0

extension Sharing {
    /// Enters a company user as the shop knows him; whoever isn't active, or is in another company now, loses what he had.
    ///
    /// Any entry may take something away, so it goes through even when the disk is nearly full.
    package func put(
        _ id: CompanyUserID,
        as member: Person,
        isActive: Bool,
        by service: ServiceAccount,
        at now: Timestamp
    ) async throws(ShareError) -> (user: CompanyUser, isNew: Bool) {
        try service.requireDirectory()
        return try await store.write(.takingAway) { store throws(ShareError) in
            let known = try store.companyUser(id)
            let user = CompanyUser(id: id, person: member, status: isActive ? .active : .inactive, source: .shop)
            guard user != known else { return (user, false) }
            try store.put(user)
            let isSame = known?.person.map { $0.isSame(as: member) } ?? true
            let withdrawn = isActive && isSame ? 0 : try store.withdrawGrants(heldBy: .companyUser(id), at: now)
            try store.holdLinks(by: id, unless: isActive ? member : nil)
            try store.record(.directory(user, was: known, withdrawn: withdrawn, by: service, action: .companyUserPut, at: now))
            return (user, known.map { $0.status == .left || $0.source == .login } ?? true)
        }
    }

    /// Lets a company user go for good; the entry stays as a tombstone, also of someone of whom nothing was known.
    package func remove(_ id: CompanyUserID, by service: ServiceAccount, at now: Timestamp) async throws(ShareError) {
        try service.requireDirectory()
        try await store.write(.takingAway) { store throws(ShareError) in
            let known = try store.companyUser(id)
            let user = CompanyUser(id: id, person: known?.person, status: .left, source: .shop)
            guard user != known else { return }
            try store.put(user)
            let withdrawn = try store.withdrawGrants(heldBy: .companyUser(id), at: now)
            try store.holdLinks(by: id, unless: nil)
            try store.record(.directory(user, was: known, withdrawn: withdrawn, by: service, action: .companyUserLeft, at: now))
        }
    }

    /// Remembers a company user from a login, so that colleagues can name him; what the shop pushed stays as it is.
    package func recognise(_ person: Person, at now: Timestamp) async throws(ShareError) {
        guard let id = person.companyUserID, person.companyID != nil, acquaintances.isNew(person) else { return }
        do throws(ShareError) {
            try await store.write(.ordinary) { store throws(ShareError) in
                let known = try store.companyUser(id)
                let user = CompanyUser(id: id, person: person, status: .active, source: .login)
                guard known?.source != .shop, known != user else { return }
                try store.put(user)
            }
        } catch {
            acquaintances.forget(person)
            throw error
        }
    }

    /// The active people of the caller's company whom the directory knows, by id; nil for a caller in no company.
    package func colleagues(of claimed: Person, limit: Int) async throws(ShareError) -> [CompanyUser]? {
        try await store.read { view throws(ShareError) in
            guard let company = try view.present(claimed).companyID else { return nil }
            return try view.companyUsers(of: company, limit: limit)
        }
    }
}

extension ServiceAccount {
    fileprivate func requireDirectory() throws(ShareError) {
        guard Standing.service(scopes).may(.writeDirectory) else { throw .scopeMissing(.writeDirectory) }
    }
}

extension AuditEntry {
    fileprivate static func directory(
        _ user: CompanyUser,
        was known: CompanyUser?,
        withdrawn: Int,
        by service: ServiceAccount,
        action: Action,
        at now: Timestamp
    ) -> AuditEntry {
        AuditEntry(
            at: now,
            actor: Caller.service(service).auditName,
            action: action,
            before: known.map { "company-user:\($0.id) \($0.status.rawValue)" },
            after: "company-user:\(user.id) \(user.status.rawValue), \(withdrawn) grants withdrawn"
        )
    }
}
