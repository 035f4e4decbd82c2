// SPDX-License-Identifier: Apache-2.0

/// The streaming filter: walks a document once along a rule table and writes what may be seen.
struct Projector: ~Copyable {
    private var scanner: JSONScanner
    private var output: ProjectionOutput
    private var log: RemovalLog?
    private let rules: RulePointers
    private let links: LinkFilter
    private let scrubber = Scrubber()

    private init(
        _ scanner: consuming JSONScanner,
        _ rules: RulePointers,
        _ links: LinkFilter,
        _ output: ProjectionOutput,
        reporting: Bool
    ) {
        self.scanner = scanner
        self.rules = rules
        self.links = links
        self.output = output
        log = reporting ? RemovalLog() : nil
    }

    /// All or nothing: a fault anywhere in the document throws away what was written.
    static func project(
        _ document: [UInt8],
        by table: RuleTable,
        _ options: ProjectionOptions,
        reporting: Bool
    ) throws(JSONFault) -> (bytes: [UInt8], removed: [Removal]) {
        guard document.count <= JSONScanner.sizeLimit else { throw JSONFault(offset: JSONScanner.sizeLimit, reason: .tooLarge) }
        guard !document.isEmpty else { throw JSONFault(offset: 0, reason: .unexpectedEnd) }
        let links = LinkFilter(hosts: options.linkHosts)
        var fault: JSONFault?
        var removed: [Removal] = []
        let bytes = table.withPointers { rules in
            document.withUnsafeBufferPointer { document in
                [UInt8](unsafeUninitializedCapacity: document.count * table.growth) { buffer, count in
                    let scanner = JSONScanner(document.baseAddress.unsafelyUnwrapped, count: document.count)
                    var projector = Projector(scanner, rules, links, ProjectionOutput(buffer), reporting: reporting)
                    do throws(JSONFault) {
                        try projector.document()
                        count = projector.output.count
                        removed = projector.log?.removals ?? []
                    } catch {
                        fault = error
                    }
                }
            }
        }
        if let fault { throw fault }
        // A cached projection should not hold on to room for the whole cart.
        return (bytes.count < bytes.capacity / 2 ? bytes.map { $0 } : bytes, removed)
    }

    private mutating func document() throws(JSONFault) {
        try scanner.expectObject()
        try object(RuleGraph.root)
        try scanner.finish()
    }

    // MARK: Containers

    /// Reads one value and writes what the rule shows of it; false if that is nothing.
    private mutating func value(_ rule: Int) throws(JSONFault) -> Bool {
        switch scanner.bytes[scanner.position] {
        case UInt8(ascii: "{"):
            guard rules[rule].pointee.keepsObject else { return try drop(rule) }
            try object(rule)
            return true
        case UInt8(ascii: "["):
            guard rules[rule].pointee.keepsArray else { return try drop(rule) }
            try array(rule)
            return true
        case UInt8(ascii: "\""):
            return try string(rule)
        default:
            return try numberOrWord(rule)
        }
    }

    private mutating func object(_ rule: Int) throws(JSONFault) {
        output.append(UInt8(ascii: "{"))
        var frame = try scanner.enterObject()
        var isFirst = true
        while let key = try scanner.nextMember(&frame) {
            let child = member(key, of: rule)
            if log == nil, !rules[child].pointee.isVisible {
                try scanner.skipValue()
                continue
            }
            log?.enter(key: key.string.decoded(in: scanner.bytes))
            let start = output.count
            if !isFirst { output.append(UInt8(ascii: ",")) }
            copy(key.string)
            output.append(UInt8(ascii: ":"))
            if try value(child) { isFirst = false } else { output.rewind(to: start) }
            log?.leave()
        }
        output.append(UInt8(ascii: "}"))
    }

    private mutating func array(_ rule: Int) throws(JSONFault) {
        output.append(UInt8(ascii: "["))
        try scanner.enterArray()
        log?.enterElement()
        var isFirst = true
        var isFirstWritten = true
        while try scanner.nextElement(isFirst: isFirst) {
            isFirst = false
            let start = output.count
            if !isFirstWritten { output.append(UInt8(ascii: ",")) }
            if try value(element(of: rule)) { isFirstWritten = false } else { output.rewind(to: start) }
        }
        log?.leave()
        output.append(UInt8(ascii: "]"))
    }

    /// Reads a container that does not stay. For a report it is walked all the same, as several lines may rule its parts.
    private mutating func drop(_ rule: Int) throws(JSONFault) -> Bool {
        guard log != nil else {
            try scanner.skipValue()
            return false
        }
        let isObject = scanner.bytes[scanner.position] == UInt8(ascii: "{")
        let rule = (index: rule, rules[rule].pointee)
        guard isObject ? rule.1.takesObject : rule.1.takesArray, !rule.1.isUniform else {
            report(rule.1, fits: rule.1.isUniform)
            try scanner.skipValue()
            return false
        }
        let start = output.count
        if isObject { try object(rule.index) } else { try array(rule.index) }
        output.rewind(to: start)
        return false
    }

    // MARK: Scalars

    private mutating func string(_ rule: Int) throws(JSONFault) -> Bool {
        let string = try scanner.string()
        switch rules[rule].pointee.scalar {
        case .show, .price:
            copy(string)
        case .scrub:
            guard let clean = scrubber.scrub(string.decoded(in: scanner.bytes)) else {
                copy(string)
                return true
            }
            log?.add(.scrubbed)
            write(clean)
        case .mask(let mask):
            log?.add(.masked)
            write(mask.apply(to: string.decoded(in: scanner.bytes)))
        case .link:
            guard links.allows(string.decoded(in: scanner.bytes)) else {
                log?.add(.unsafeLink)
                return false
            }
            copy(string)
        case .drop:
            report(rules[rule].pointee, fits: rules[rule].pointee.takesScalar)
            return false
        }
        return true
    }

    private mutating func numberOrWord(_ rule: Int) throws(JSONFault) -> Bool {
        let start = scanner.position
        try scanner.numberOrWord()
        let rule = rules[rule]
        switch rule.pointee.scalar {
        case .show, .price: break
        case .scrub:
            let text = Array(UnsafeBufferPointer(start: scanner.bytes + start, count: scanner.position - start))
            if scrubber.scrub(text) != nil {
                log?.add(.scrubbed)
                return false
            }
        case .link:
            log?.add(.unsafeLink)
            return false
        case .mask:
            guard scanner.bytes[start] == UInt8(ascii: "n") else {
                log?.add(.masked)
                return false
            }
        case .drop:
            // Where an object or array would stay, null stays too: it tells no more than an empty one.
            let isNull = scanner.bytes[start] == UInt8(ascii: "n")
            guard isNull, rule.pointee.keepsObject || rule.pointee.keepsArray else {
                // A null that stands for an absent object or array is nothing to report.
                let isAbsence = isNull && !rule.pointee.takesScalar && (rule.pointee.takesObject || rule.pointee.takesArray)
                if !isAbsence { report(rule.pointee, fits: rule.pointee.takesScalar) }
                return false
            }
        }
        output.append(scanner.bytes + start, count: scanner.position - start)
        return true
    }

    @inline(__always)
    private mutating func copy(_ string: JSONString) {
        output.append(scanner.bytes + string.start - 1, count: string.count + 2)
    }

    private mutating func write(_ text: [UInt8]) {
        var escaped: [UInt8] = []
        JSONString.appendEscaped(text, to: &escaped)
        output.append(UInt8(ascii: "\""))
        output.append(escaped)
        output.append(UInt8(ascii: "\""))
    }

    // MARK: Rules

    @inline(__always)
    private func member(_ key: JSONScanner.Key, of rule: Int) -> Int {
        let rule = rules[rule]
        let found =
            key.string.isEscaped
            ? rules.find(key.string.decoded(in: scanner.bytes), key.hash, in: rule.pointee.members)
            : rules.find(scanner.bytes + key.string.start, key.string.count, key.hash, in: rule.pointee.members)
        if found >= 0 { return found }
        if rule.pointee.scrubsKeys, scrubber.scrub(key.string.decoded(in: scanner.bytes)) != nil { return RuleGraph.nothing }
        return Int(rule.pointee.anyMember)
    }

    @inline(__always)
    private mutating func element(of rule: Int) throws(JSONFault) -> Int {
        if let selector = rules.selector(of: rule), scanner.bytes[scanner.position] == UInt8(ascii: "{"),
            let value = try scanner.peek(selector)
        {
            let found = rules.find(value, KeyHasher.shared.hash(value), in: rules[rule].pointee.chosenElements)
            if found >= 0 { return found }
        }
        return Int(rules[rule].pointee.element)
    }

    /// Notes why something is dropped: by the line that rules it, or because of its shape, or because no line names it.
    private mutating func report(_ rule: RuleTable.Rule, fits: Bool) {
        let isNamed = rule.takesScalar || rule.takesObject || rule.takesArray
        log?.add(fits || !isNamed ? rule.reason : .unexpectedShape)
    }
}
