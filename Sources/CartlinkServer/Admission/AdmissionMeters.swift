// SPDX-License-Identifier: Apache-2.0

import Metrics

/// What the gates tell of themselves.
struct AdmissionMeters: Sendable {
    private struct OfGate: Sendable {
        let running: Gauge
        let parked: Gauge
        let refused: [AdmissionRefusal: Counter]
    }

    private let gates: [Admission.Kind: OfGate]

    init() {
        var gates: [Admission.Kind: OfGate] = [:]
        for kind in Admission.Kind.allCases {
            let gate = ("gate", kind.rawValue)
            var refused: [AdmissionRefusal: Counter] = [:]
            for reason in AdmissionRefusal.allCases {
                refused[reason] = Counter(label: "cartlink.admission.refused", dimensions: [gate, ("reason", reason.rawValue)])
            }
            gates[kind] = OfGate(
                running: Gauge(label: "cartlink.admission.running", dimensions: [gate]),
                parked: Gauge(label: "cartlink.admission.parked", dimensions: [gate]),
                refused: refused
            )
        }
        self.gates = gates
    }

    func report(_ load: (running: Int, parked: Int), of kind: Admission.Kind) {
        gates[kind]?.running.record(load.running)
        gates[kind]?.parked.record(load.parked)
    }

    func countRefusal(_ refusal: AdmissionRefusal, at kind: Admission.Kind) {
        gates[kind]?.refused[refusal]?.increment()
    }
}
