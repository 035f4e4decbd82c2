// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// How much the public listener does at once; docs/decisions/0034-admission.md has the measurements behind the numbers.
package struct AdmissionLimits: Sendable {
    /// What only reads: the processor is the limit, so more at once would only make all of them later.
    var views = AdmissionGate.Limits(places: max(16, 8 * System.coreCount), mostParked: 8192)
    var members = AdmissionGate.Limits(places: max(16, 8 * System.coreCount), mostParked: 8192)
    /// What changes something and has brought its body: some in a commit together, some that get ready meanwhile.
    var changes = AdmissionGate.Limits(places: 128, mostParked: 8192)
    var endings = AdmissionGate.Limits(places: 128, mostParked: 8192)
    /// What still sends a body, as slowly as it likes; each that waits holds some of it.
    var uploads = AdmissionGate.Limits(places: 256, mostParked: 256)
    var forms = AdmissionGate.Limits(places: 64, mostParked: 64)
    /// Each asks the store.
    var probes = AdmissionGate.Limits(places: 16, mostParked: 8192)
    /// A body up to so many bytes is awaited in front of the gate, where it takes nobody's place.
    var awaitedBody = 8 * 1024

    package init() {}

    /// Where carts live on a platform a view waits there rather than for the processor: many may, as each is bounded in time.
    package static let waitingForPlatform: AdmissionLimits = {
        var limits = AdmissionLimits()
        limits.views.places = 512
        limits.members.places = 512
        return limits
    }()

    subscript(_ kind: Admission.Kind) -> AdmissionGate.Limits {
        switch kind {
        case .views: views
        case .members: members
        case .changes: changes
        case .endings: endings
        case .uploads: uploads
        case .forms: forms
        case .probes: probes
        }
    }
}
