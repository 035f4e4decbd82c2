// SPDX-License-Identifier: Apache-2.0

extension Projector {
    @inline(__always)
    mutating func string(_ rule: Int, at position: Int, isShown: inout Bool) throws(JSONFault) -> Int {
        let string = try reader.scanner.string(at: position)
        switch rules[rule].pointee.scalar {
        case .show, .price: output.append(position, string.end &+ 1)
        default: isShown = write(string, rule)
        }
        return string.end &+ 1
    }

    /// Writes a string that is not simply shown; false if nothing stays.
    private mutating func write(_ string: JSONString, _ rule: Int) -> Bool {
        switch rules[rule].pointee.scalar {
        case .show, .price: break
        case .scrub:
            if let clean = scrubber.scrub(string.decoded(in: reader.scanner.bytes)) {
                log?.add(.scrubbed)
                write(clean)
                return true
            }
        case .mask(let mask):
            let text = string.decoded(in: reader.scanner.bytes)
            let masked = mask.apply(to: text)
            if masked != text { log?.add(.masked) }
            write(masked)
            return true
        case .link:
            guard isAllowed(string) else {
                log?.add(.unsafeLink)
                return false
            }
        case .drop:
            report(rules[rule].pointee, fits: rules[rule].pointee.takesScalar)
            return false
        }
        output.append(string.start - 1, string.end + 1)
        return true
    }

    private mutating func isAllowed(_ link: JSONString) -> Bool {
        guard link.isEscaped else { return links.allows(UnsafeBufferPointer(start: reader.scanner.bytes + link.start, count: link.count)) }
        return link.decoded(in: reader.scanner.bytes).withUnsafeBufferPointer { links.allows($0) }
    }

    private mutating func write(_ text: [UInt8]) {
        var escaped: [UInt8] = []
        JSONString.appendEscaped(text, to: &escaped)
        output.append(UInt8(ascii: "\""))
        output.append(escaped)
        output.append(UInt8(ascii: "\""))
    }

    @inline(__always)
    mutating func numberOrWord(_ rule: Int, at start: Int, isShown: inout Bool) throws(JSONFault) -> Int {
        let end = try reader.scanner.numberOrWord(at: start)
        switch rules[rule].pointee.scalar {
        case .show, .price: output.append(start, end)
        default: isShown = writeNumberOrWord(start, end, rule)
        }
        return end
    }

    /// Writes a number or word that is not simply shown; false if nothing stays.
    private mutating func writeNumberOrWord(_ start: Int, _ end: Int, _ rule: Int) -> Bool {
        let isNull = reader.scanner.bytes[start] == UInt8(ascii: "n")
        let rule = rules[rule]
        switch rule.pointee.scalar {
        case .show, .price: break
        case .scrub:
            let text = Array(UnsafeBufferPointer(start: reader.scanner.bytes + start, count: end - start))
            if scrubber.scrub(text) != nil {
                log?.add(.scrubbed)
                return false
            }
        case .link:
            // As with what is dropped: null may stand for an object or array that would stay.
            guard isNull, rule.pointee.keepsObject || rule.pointee.keepsArray else {
                log?.add(.unsafeLink)
                return false
            }
        case .mask:
            guard isNull else {
                log?.add(.masked)
                return false
            }
        case .drop:
            // Where an object or array would stay, null stays too: it tells no more than an empty one.
            guard isNull, rule.pointee.keepsObject || rule.pointee.keepsArray else {
                // A null that stands for an absent object or array is nothing to report.
                let isAbsence = isNull && !rule.pointee.takesScalar && (rule.pointee.takesObject || rule.pointee.takesArray)
                if !isAbsence { report(rule.pointee, fits: rule.pointee.takesScalar) }
                return false
            }
        }
        output.append(start, end)
        return true
    }
}
