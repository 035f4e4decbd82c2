// SPDX-License-Identifier: Apache-2.0

/// Reads a policy file and collects all that is wrong with it.
struct PolicyReader {
    private let file: String
    private(set) var lines: [PolicyLine] = []
    private(set) var faults: [PolicyFaults.Fault] = []

    init(file: String, text: String) {
        self.file = file
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            read(line.prefix { $0 != "#" }, number: index + 1)
        }
        if lines.isEmpty, faults.isEmpty { report("the policy names no path, so nobody would see anything: add lines", at: 1) }
        for line in lines {
            checkExposure(of: line)
            checkRepetition(of: line)
        }
        faults.sort { $0.line < $1.line }
    }

    mutating func report(_ message: String, at line: Int) {
        faults.append(.init(file: file, line: line, message: message))
    }

    private mutating func read(_ text: Substring, number: Int) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { return }
        guard words.count == 5 else {
            return report("\(words.count) words instead of 5: write 'path class guest member owner'", at: number)
        }
        let path = checked(number) { () throws(PolicyMessage) in try PolicyPath(words[0]) }
        let dataClass: DataClass? = known(words[1], as: "class", at: number)
        let actions: [Action?] = words[2...].map { known($0, as: "action", at: number) }
        guard let path, let dataClass, let guest = actions[0], let member = actions[1], let owner = actions[2] else { return }
        lines.append(PolicyLine(number: number, path: path, dataClass: dataClass, guest: guest, member: member, owner: owner))
    }

    private mutating func checked<Value>(_ line: Int, _ body: () throws(PolicyMessage) -> Value) -> Value? {
        do {
            return try body()
        } catch {
            report(error.text, at: line)
            return nil
        }
    }

    private mutating func known<Word: PolicyWord>(_ word: Substring, as kind: String, at line: Int) -> Word? {
        if let known = Word.words.first(where: { $0.word == word }) { return known.meaning }
        let words = Word.words.map(\.word).joined(separator: ", ")
        report("'\(word)' is no \(kind): use one of \(words)", at: line)
        return nil
    }

    /// Payment data never reaches anyone. Personal data, ids and things nobody can vouch for reach a guest at most as stars,
    /// and the owner never gets stars, which a shop might take for data and store.
    private mutating func checkExposure(of line: PolicyLine) {
        let viewers = [("guests", line.guest), ("members", line.member), ("the owner", line.owner)]
        if line.dataClass == .payment {
            for (who, action) in viewers where action != .drop {
                report(
                    "\(line.path.text) is payment data and must not be shown to \(who): write 'drop' instead of '\(action.word)'",
                    at: line.number
                )
            }
        } else if line.dataClass != .public, !line.guest.mayHideFromGuests(line.dataClass) {
            report(
                "\(line.path.text) is \(line.dataClass.rawValue) and must not be shown to guests: "
                    + "write 'drop' instead of '\(line.guest.word)', or class it as public if anyone may see it",
                at: line.number
            )
        } else if line.dataClass != .personal, viewers.contains(where: { $0.1.isMask }) {
            report("\(line.path.text) is \(line.dataClass.rawValue); a mask is for personal data: write 'show' or 'drop'", at: line.number)
        }
        if viewers.contains(where: { $0.1.isMask }), line.path.segments.contains(where: { $0 == .anyKey || $0 == .rest }) {
            report(
                "a mask leaves the names of members as they are, which may be personal too: write \(line.path.text) name by name",
                at: line.number
            )
        }
        if case .mask = line.owner, line.dataClass != .payment {
            report(
                "the owner sees \(line.path.text) as it is or not at all: write 'show' or 'drop' instead of '\(line.owner.word)'",
                at: line.number
            )
        }
    }

    /// A line must not contradict an earlier one, nor say again what a wider one says.
    private mutating func checkRepetition(of line: PolicyLine) {
        let same = lines.first { $0.path.segments == line.path.segments }
        if let same, same.number < line.number {
            let problem =
                line.says(theSameAs: same)
                ? "unreachable: line \(same.number) already says this; delete one of them"
                : "contradiction: line \(same.number) rules \(line.path.text) differently; keep one of them"
            return report(problem, at: line.number)
        }
        let others = lines.filter { $0.path.segments != line.path.segments && isCloser(line, than: $0) && $0.path.overlaps(line.path) }
        guard let next = others.first(where: { wider in others.allSatisfy { !isCloser($0, than: wider) } }) else { return }
        if next.path.covers(line.path.segments[...]), next.says(theSameAs: line), !isNeeded(line, beside: next) {
            report(
                "unreachable: \(next.path.text) on line \(next.number) already rules \(line.path.text) in the same way; delete one of them",
                at: line.number
            )
        }
    }

    /// Whether closer lines lead on from where this one ends: they would say that only an object or array may stand there.
    private func isNeeded(_ line: PolicyLine, beside wider: PolicyLine) -> Bool {
        let stem = line.path.endsInRest ? line.path.segments.dropLast() : line.path.segments[...]
        return lines.contains { other in
            other.number != line.number && isCloser(other, than: wider) && other.path.segments.count > stem.count
                && other.path.mayLead(into: stem)
        }
    }

    private func isCloser(_ line: PolicyLine, than other: PolicyLine) -> Bool {
        PolicyPath.isCloser(line.path.segments[...], than: other.path.segments[...])
    }
}
