// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// How much the public listener does at once; docs/decisions/0034-admission.md has the measurements behind the numbers.
package struct AdmissionLimits: Sendable {
    /// What only reads: the processor is the limit, so more at once would only make all of them later.
    var views = AdmissionGate.Limits(places: max(16, 8 * System.coreCount), mostParked: 8192)
    /// What changes something and has brought its body: some in a commit together, some that get ready meanwhile.
    var changes = AdmissionGate.Limits(places: 128, mostParked: 8192)
    /// What still sends a body, as slowly as it likes.
    var uploads = AdmissionGate.Limits(places: 256, mostParked: 1024)
    /// A body up to so many bytes is awaited in front of the gate, where it takes nobody's place.
    var awaitedBody = 8 * 1024

    package init() {}

    subscript(_ kind: Admission.Kind) -> AdmissionGate.Limits {
        switch kind {
        case .views: views
        case .changes: changes
        case .uploads: uploads
        }
    }
}
