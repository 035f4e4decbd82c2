// SPDX-License-Identifier: Apache-2.0

import Metrics

/// What the gates tell of themselves.
struct AdmissionMeters: Sendable {
    func report(_ load: (running: Int, parked: Int), of gate: String) {
        Gauge(label: "cartlink.admission.running", dimensions: [("gate", gate)]).record(load.running)
        Gauge(label: "cartlink.admission.parked", dimensions: [("gate", gate)]).record(load.parked)
    }

    func countRefusal(_ refusal: AdmissionRefusal, at gate: String) {
        Counter(label: "cartlink.admission.refused", dimensions: [("gate", gate), ("reason", refusal.rawValue)]).increment()
    }
}
