// SPDX-License-Identifier: Apache-2.0

package import Redaction
package import ShareLinks
import Synchronization

/// The policies in force, one for each cart format; a reload replaces them while requests run.
package final class Projections: Sendable {
    private let policies: Mutex<[CartFormat: Policy]>
    private let reloads = Atomic(0)
    private let linkHosts: Set<String>

    /// Takes a policy for every format; nil where one is missing.
    package init?(policies: [CartFormat: Policy], linkHosts: Set<String>) {
        guard CartFormat.allCases.allSatisfy({ policies[$0] != nil }) else { return nil }
        self.policies = Mutex(policies)
        self.linkHosts = linkHosts
    }

    /// From here on every request is judged by these; one that is being answered keeps the policy it began with.
    package func replace(policies: [CartFormat: Policy]) {
        self.policies.withLock { $0.merge(policies) { _, new in new } }
        // Afterwards, so that what was made of the old ones never bears the new number.
        reloads.add(1, ordering: .sequentiallyConsistent)
    }

    /// Another number whenever the policies may be others.
    var version: Int { reloads.load(ordering: .sequentiallyConsistent) }

    struct View {
        let document: [UInt8]
        let policy: Policy
        let removed: [Removal]
        /// Whether the cart's platform hid parts of it before we had it.
        var isMasked = false

        /// `redaction` on the wire.
        var redaction: JSON {
            .object([
                ("policy", .string(policy.name)),
                (
                    "removed",
                    .array(removed.map { .object([("path", .string($0.path)), ("reason", .string($0.reason.rawValue))]) })
                ),
                ("masked", isMasked ? .bool(true) : nil),
            ])
        }
    }

    /// A document of this format, or a part of one, as `viewer` may see it.
    func project(_ document: [UInt8], in format: CartFormat, for viewer: Viewer) throws(Problem) -> [UInt8] {
        let policy = try policy(for: format)
        do throws(JSONFault) {
            return try policy.project(document, for: viewer, options: ProjectionOptions(showPrices: true, linkHosts: linkHosts))
        } catch {
            throw .unreadable(error)
        }
    }

    private func policy(for format: CartFormat) throws(Problem) -> Policy {
        guard let policy = policies.withLock({ $0[format] }) else {
            var problem = Problem(code: .internal)
            problem.cause = "no policy for the format \(format.rawValue)"
            throw problem
        }
        return policy
    }

    /// What one viewer may see of a cart.
    ///
    /// The owner is told what was really removed; others get the policy's list, the same for every cart.
    func view(of cart: Cart, for viewer: Viewer, showPrices: Bool = true) throws(Problem) -> View {
        let policy = try policy(for: cart.format)
        let options = ProjectionOptions(showPrices: showPrices, linkHosts: linkHosts)
        do throws(JSONFault) {
            let document = viewer == .guest ? ItemDocument.withoutUnconfirmed(cart.document, cart.unconfirmed) : cart.document
            if viewer == .owner {
                let projection = try policy.projectReporting(document, for: viewer, options: options)
                let isMasked = cart.reading?.isMasked ?? false
                return View(document: projection.bytes, policy: policy, removed: projection.removed, isMasked: isMasked)
            }
            let bytes = try policy.project(document, for: viewer, options: options)
            return View(document: bytes, policy: policy, removed: policy.removed(for: viewer, showPrices: showPrices))
        } catch {
            throw .unreadable(error)
        }
    }
}

extension Problem {
    /// A stored cart was checked when it was pushed; what doesn't parse now is shown to nobody.
    fileprivate static func unreadable(_ fault: JSONFault) -> Problem {
        var problem = Problem(code: .internal)
        problem.cause = "stored cart: \(fault.reason.rawValue) at byte \(fault.offset)"
        return problem
    }
}

extension Standing {
    var viewer: Viewer {
        if may(.seePersonalData) { return .owner }
        return may(.seeMemberProjection) ? .member : .guest
    }
}
