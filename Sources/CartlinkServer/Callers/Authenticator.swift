// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
package import Logins
package import ShareLinks

/// Says who makes a request: from the `Authorization` header, else from the login cookie.
package struct Authenticator: Sendable {
    let logins: LoginVerifier
    let services: ServiceKeys<ServiceAccount>
    /// The cookie that holds a login; nil where only the header counts.
    let cookie: String?
    /// The origin of the public URL: only its pages may write with a cookie.
    let ownOrigin: String
    /// Slows down who tries keys of administrators.
    var badKeys = BadKeyLimiter(addresses: ClientAddresses(trustedProxies: []))
    /// Called with everyone whose login holds.
    var onLogin: @Sendable (Person, Timestamp) async -> Void = { _, _ in }

    package init(logins: LoginVerifier, services: ServiceKeys<ServiceAccount>, cookie: String?, ownOrigin: String) {
        self.logins = logins
        self.services = services
        self.cookie = cookie
        self.ownOrigin = ownOrigin
    }

    /// A bad header is 401, never "nobody"; a bad cookie counts as none where the request changes nothing.
    ///
    /// - Parameter isOwnForm: where a page's form may come, whether it holds what our page has for the person whom the cookie names.
    func caller(
        of request: Request,
        at now: Timestamp,
        isOwnForm: (@Sendable (Subject) -> Bool)? = nil
    ) async throws(Problem) -> Caller {
        try await identify(request, at: now, isOwnForm: isOwnForm).caller
    }

    /// The caller, and for a person when the login ends.
    func identify(
        _ request: Request,
        at now: Timestamp,
        isOwnForm: (@Sendable (Subject) -> Bool)? = nil
    ) async throws(Problem) -> (caller: Caller, loginEnd: Timestamp?) {
        try request.refuseLoginInQuery()
        if let credential = try request.credential() {
            switch credential {
            case .jwt(let token): return try await identified(token, at: now)
            case .serviceKey(let key):
                guard let service = services.holder(of: key) else { throw .keyInvalid }
                return (.service(service), nil)
            }
        }
        guard let cookie, let token = request.cookies[cookie]?.value, !token.isEmpty else { return (.stranger, nil) }
        if request.isSafe {
            // Only a login that is bad counts as none: while the issuer's keys can't be had, nobody is taken for a stranger.
            do throws(Problem) {
                return try await identified(token, at: now)
            } catch  where error.code == .loginInvalid {
                return (.stranger, nil)
            }
        }
        // A page of another site may send the cookie along, but not our origin.
        if request.headers[values: .origin] == [ownOrigin] { return try await identified(token, at: now) }
        guard let isOwnForm, request.mayBeOwnForm else { throw Problem(code: .permissionDenied) }
        let found = try await identified(token, at: now)
        guard let person = found.caller.person, isOwnForm(person.subject) else { throw Problem(code: .permissionDenied) }
        return found
    }

    /// The person whom a login names, wherever it came from.
    func person(_ token: some StringProtocol, at now: Timestamp) async throws(Problem) -> Person {
        try await verified(token, at: now).person
    }

    private func identified(_ token: some StringProtocol, at now: Timestamp) async throws(Problem) -> (caller: Caller, loginEnd: Timestamp?)
    {
        let (person, end) = try await verified(token, at: now)
        return (.person(person), end)
    }

    private func verified(_ token: some StringProtocol, at now: Timestamp) async throws(Problem) -> (person: Person, end: Timestamp) {
        let login: Login
        do throws(LoginFault) {
            login = try await logins.verify(token, at: now.seconds)
        } catch {
            throw Problem(error)
        }
        guard let person = Person(login) else { throw .loginInvalid }
        await onLogin(person, now)
        return (person, Timestamp(milliseconds: login.expiresAt * 1000))
    }

    /// The administrator who makes a request to the admin listener.
    ///
    /// Everything that is no key of a service gets the same answer, late where its address has tried before.
    func administrator(of request: Request, on context: ServerContext, at now: Timestamp) async throws(Problem) -> ServiceAccount {
        try request.refuseLoginInQuery()
        guard let service = try keyHolder(of: request) else {
            throw await badKeys.refusal(request, from: context.peer, at: now, logger: context.logger)
        }
        guard service.scopes.contains(.admin) else { throw .scopeMissing(.admin) }
        return service
    }

    /// The service whose key the request brings; nil where what it brings is no service's key.
    private func keyHolder(of request: Request) throws(Problem) -> ServiceAccount? {
        do throws(Problem) {
            guard let credential = try request.credential() else { throw .keyMissing }
            guard case .serviceKey(let key) = credential else { return nil }
            return services.holder(of: key)
        } catch  where error.code == .loginInvalid {
            return nil
        }
    }
}

extension Person {
    init?(_ login: Login) {
        guard let userID = UserID(login.userId) else { return nil }
        self.init(
            userID: userID,
            companyID: login.companyId.flatMap { CompanyID($0) },
            businessUnitID: login.businessUnitId.flatMap { BusinessUnitID($0) },
            companyUserID: login.companyUserId.flatMap { CompanyUserID($0) },
            ownerName: login.ownerName.map(OwnerName.init)
        )
    }
}

extension Request {
    /// Whether the request changes nothing (RFC 9110 section 9.2.1).
    var isSafe: Bool { method == .get || method == .head }

    /// Whether nothing says that another site sent the form: under `no-referrer` our own come with `Origin: null`, or with none.
    fileprivate var mayBeOwnForm: Bool {
        [[], ["null"]].contains(headers[values: .origin]) && ["same-origin", "none", nil].contains(headers[.secFetchSite])
    }

    fileprivate func credential() throws(Problem) -> Credential? {
        let values = headers[values: .authorization]
        guard let value = values.first else { return nil }
        guard values.count == 1 else { throw Problem(code: .malformedRequest, detail: "Send one Authorization header.") }
        do {
            return try Credential.parse(value)
        } catch {
            throw .loginInvalid
        }
    }

    /// A login in a query would stay in logs and histories (RFC 6750 section 5.3).
    func refuseLoginInQuery() throws(Problem) {
        guard uri.query != nil else { return }
        let names = uri.queryParameters.map { ($0.key.removingPercentEncoding ?? "").lowercased() }
        guard !names.contains("access_token") else {
            throw Problem(code: .malformedRequest, detail: "Send a login in the Authorization header, never in the address.")
        }
    }
}
