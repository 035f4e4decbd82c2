// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import ShareLinks

/// Turns callers away before their body is read; the use case asks the table of rights again.
extension Authenticator {
    /// The service that calls, if it has the scope that `action` needs.
    func service(of request: Request, for action: Action, needing scope: Scope, at now: Timestamp) async throws(Problem) -> ServiceAccount {
        switch try await caller(of: request, at: now) {
        case .stranger: throw .loginRequired
        case .person: throw Problem(code: .permissionDenied, detail: "Only a service may do this.")
        case .service(let service):
            guard Standing.service(service.scopes).may(action) else { throw .scopeMissing(scope) }
            return service
        }
    }

    /// A person, or a service that may act for one.
    func manager(of request: Request, at now: Timestamp) async throws(Problem) -> Caller {
        let caller = try await caller(of: request, at: now)
        switch caller {
        case .stranger: throw .loginRequired
        case .person: return caller
        case .service(let service):
            guard Standing.service(service.scopes).may(.manageSharing) else { throw .scopeMissing(.issueLinks) }
            return caller
        }
    }

    func person(of request: Request, at now: Timestamp) async throws(Problem) -> Person {
        switch try await caller(of: request, at: now) {
        case .stranger: throw .loginRequired
        case .service: throw Problem(code: .permissionDenied, detail: "Only a person may do this.")
        case .person(let person): return person
        }
    }
}
