// SPDX-License-Identifier: Apache-2.0

import Redaction

/// What must hold of the policy reader for every text.
package enum PolicyProperty {
    /// - Parameter input: a policy's text, or behind a `~` the choices that make one.
    package static func check(_ input: [UInt8]) throws(Violation) {
        if input.first == UInt8(ascii: "~") {
            var choices = Choices(input.dropFirst())
            try check(PolicyMaker.text(by: &choices))
        } else {
            try check(shown(input))
        }
    }

    static func check(_ text: String) throws(Violation) {
        var result: Result<Policy, PolicyFaults>?
        let seconds = CPUTime.seconds {
            result = Result { () throws(PolicyFaults) in try Policy(name: "fuzzed", file: "some.policy", text: text) }
        }
        try expect(text.utf8.count > 4096 || seconds < 1, "a policy of 4 kB is read within a second", "\(seconds) s")
        switch result {
        case .failure(let faults): try check(faults, of: text)
        case .success(let policy): try check(policy, of: text)
        case nil: break
        }
    }

    private static func check(_ faults: PolicyFaults, of text: String) throws(Violation) {
        try expect(!faults.faults.isEmpty, "a refused policy has faults")
        let count = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
        for fault in faults.faults {
            try expect((1...count).contains(fault.line), "a fault lies in the file", fault.description)
            try expect(fault.file == "some.policy", "a fault names the file", fault.description)
            try expect(!fault.message.isEmpty && !fault.message.contains(where: \.isNewline), "a fault is one line", fault.description)
        }
        try expect(zip(faults.faults, faults.faults.dropFirst()).allSatisfy { $0.line <= $1.line }, "faults are in the file's order")
    }

    private static func check(_ policy: Policy, of text: String) throws(Violation) {
        guard let reference = ReferencePolicy(text) else { throw Violation("an accepted policy reads as its page says", ("text", text)) }
        try expect(!reference.lines.isEmpty, "an accepted policy names a path")
        for line in reference.lines {
            let exposure = "\(line.path) \(line.dataClass) \(line.guest) \(line.member) \(line.owner)"
            switch line.dataClass {
            case "payment":
                try expect([line.guest, line.member, line.owner] == ["drop", "drop", "drop"], "payment is shown to nobody", exposure)
            case "personal": try expect(line.guest == "drop" || line.guest.hasPrefix("mask:"), "personal data is not for guests", exposure)
            case "identifier", "opaque": try expect(line.guest == "drop", "identifiers and opaque data are not for guests", exposure)
            default: try expect(line.dataClass == "public", "there are five classes", exposure)
            }
            try expect(!line.owner.hasPrefix("mask:"), "the owner gets no masked text", exposure)
            let isMasked = (line.guest + line.member).contains("mask:")
            try expect(!isMasked || !line.path.contains("*"), "a mask stands on written names", exposure)
        }
        try expect(Set(reference.lines.map(\.parts)).count == reference.lines.count, "no path comes twice", text)
        try checkVersion(of: policy, text)
        try checkRemovals(of: policy, reference)
        try checkExposures(of: policy, reference)
        guard text.utf8.count <= 4096 else { return }
        for variant in 0..<3 {
            let document = CanaryDocument.bytes(for: reference, variant: variant)
            for viewer in Viewer.allCases {
                let options = ProjectionOptions(showPrices: variant != 2, linkHosts: ["shop.example"])
                try FilterProperty.check(document, .init(text: text, policy: policy, reference: reference), viewer, options)
            }
        }
    }

    private static func checkVersion(of policy: Policy, _ text: String) throws(Violation) {
        let version = policy.version
        try expect(version.utf8.count == 16 && version.allSatisfy { "0123456789abcdef".contains($0) }, "a version is 16 digits", version)
        let same = try? Policy(name: "other", file: "other.policy", text: text)
        try expect(same?.version == version, "the version depends on the text alone")
        let commented = try? Policy(name: "fuzzed", file: "some.policy", text: text + "\n# more")
        try expect(commented != nil && commented?.version != version, "a comment changes the version and nothing else")
    }

    /// What is withheld is listed, each path once, for every viewer.
    private static func checkRemovals(of policy: Policy, _ reference: ReferencePolicy) throws(Violation) {
        for viewer in Viewer.allCases {
            for showPrices in [true, false] {
                let actions = reference.lines.map { $0.action(for: viewer, showPrices: showPrices) }
                let isAllShown = actions.allSatisfy { $0 != "drop" && !$0.hasPrefix("mask:") }
                let removed = policy.removed(for: viewer, showPrices: showPrices)
                try expect(removed.isEmpty == isAllShown, "what is withheld is listed", "\(viewer): \(removed)")
                try expect(Set(removed.map(\.path)).count == removed.count, "a withheld path is listed once", "\(viewer): \(removed)")
            }
        }
    }

    /// The tree for reviewers shows no more than the lines may. Long paths are left out: its size grows with their combinations.
    private static func checkExposures(of policy: Policy, _ reference: ReferencePolicy) throws(Violation) {
        guard reference.longest <= 6 else { return }
        for exposure in policy.exposures {
            let isDropped = { (viewer: Viewer) in exposure.actions[viewer] == "drop" }
            switch exposure.dataClass {
            case "payment": try expect(Viewer.allCases.allSatisfy(isDropped), "payment is explained as dropped", "\(exposure)")
            case "personal", "identifier", "opaque":
                try expect(isDropped(.guest) || exposure.actions[.guest]!.hasPrefix("mask:"), "guests get no such data", "\(exposure)")
            default: break
            }
        }
    }
}
