// SPDX-License-Identifier: Apache-2.0

/// The streaming filter: walks a document once along a rule table and writes what may be seen.
///
/// Every step takes the position it begins at and returns the one behind it.
struct Projector: ~Copyable {
    var reader: JSONReader
    var output: ProjectionOutput
    var log: RemovalLog?
    private let isReporting: Bool
    let rules: RulePointers
    let links: LinkFilter
    let scrubber = Scrubber()

    private init(
        _ document: UnsafeBufferPointer<UInt8>,
        _ rules: RulePointers,
        _ links: LinkFilter,
        _ output: UnsafeMutableBufferPointer<UInt8>,
        reporting: Bool
    ) {
        reader = JSONReader(document.baseAddress.unsafelyUnwrapped, count: document.count)
        self.output = ProjectionOutput(output, for: document)
        self.rules = rules
        self.links = links
        isReporting = reporting
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
        var fault: JSONFault?
        var removed: [Removal] = []
        let bytes = table.withPointers { rules in
            document.withUnsafeBufferPointer { document in
                let capacity = document.count * table.growth + ProjectionOutput.slack
                return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                    var projector = Projector(document, rules, options.links, buffer, reporting: reporting)
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
        return (bytes.count < bytes.capacity / 2 ? bytes.withUnsafeBufferPointer { Array($0) } : bytes, removed)
    }

    private mutating func document() throws(JSONFault) {
        let start = try reader.scanner.documentStart()
        try reader.scanner.finish(at: object(RuleGraph.root, at: start, depth: 1))
    }

    // MARK: Containers

    /// Reads one value and writes what the rule shows of it; `isShown` is false if that is nothing. `depth` is that of what it
    /// stands in.
    ///
    /// Not inlined: `object` and `array` are faster without what is in it.
    @inline(never)
    private mutating func value(_ rule: Int, at position: Int, depth: Int, isShown: inout Bool) throws(JSONFault) -> Int {
        isShown = true
        switch reader.scanner.bytes[position] {
        case UInt8(ascii: "\""):
            return try string(rule, at: position, isShown: &isShown)
        case UInt8(ascii: "{"):
            guard rules[rule].pointee.keepsObject else { return try drop(rule, at: position, depth: depth, isShown: &isShown) }
            return try object(rule, at: position, depth: depth &+ 1)
        case UInt8(ascii: "["):
            guard rules[rule].pointee.keepsArray else { return try drop(rule, at: position, depth: depth, isShown: &isShown) }
            return try array(rule, at: position, depth: depth &+ 1)
        default:
            return try numberOrWord(rule, at: position, isShown: &isShown)
        }
    }

    private mutating func object(_ rule: Int, at start: Int, depth: Int) throws(JSONFault) -> Int {
        var position = start
        output.append(UInt8(ascii: "{"))
        if try reader.enter(&position, depth: depth, closing: UInt8(ascii: "}")) {
            let object = reader.openObject()
            var isFirst = true
            repeat {
                let key = try reader.key(&position, of: object)
                let child = member(key, of: rule)
                if !isReporting, !rules[child].pointee.isVisible {
                    position = try reader.skipValue(at: position, depth: depth)
                    continue
                }
                if isReporting { report(entering: key) }
                let before = output.count
                if !isFirst { output.append(UInt8(ascii: ",")) }
                write(key)
                var isShown = true
                position = try value(child, at: position, depth: depth, isShown: &isShown)
                if isShown { isFirst = false } else { output.rewind(to: before) }
                if isReporting { log?.leave() }
            } while try reader.scanner.goesOn(&position, closing: UInt8(ascii: "}"))
            reader.closeObject(object)
        }
        output.append(UInt8(ascii: "}"))
        return position
    }

    private mutating func array(_ rule: Int, at start: Int, depth: Int) throws(JSONFault) -> Int {
        var position = start
        output.append(UInt8(ascii: "["))
        if try reader.enter(&position, depth: depth, closing: UInt8(ascii: "]")) {
            if isReporting { log?.enterElement() }
            var isFirst = true
            repeat {
                let before = output.count
                if !isFirst { output.append(UInt8(ascii: ",")) }
                let child = try element(of: rule, at: position, depth: depth)
                var isShown = true
                position = try value(child, at: position, depth: depth, isShown: &isShown)
                if isShown { isFirst = false } else { output.rewind(to: before) }
            } while try reader.scanner.goesOn(&position, closing: UInt8(ascii: "]"))
            if isReporting { log?.leave() }
        }
        output.append(UInt8(ascii: "]"))
        return position
    }

    /// Reads a container that does not stay. For a report it is walked all the same, as several lines may rule its parts.
    private mutating func drop(_ rule: Int, at position: Int, depth: Int, isShown: inout Bool) throws(JSONFault) -> Int {
        isShown = false
        guard isReporting else { return try reader.skipValue(at: position, depth: depth) }
        let isObject = reader.scanner.bytes[position] == UInt8(ascii: "{")
        let traits = rules[rule].pointee
        guard isObject ? traits.takesObject : traits.takesArray, !traits.isUniform else {
            report(traits, fits: traits.isUniform)
            return try reader.skipValue(at: position, depth: depth)
        }
        let before = output.count
        let end = isObject ? try object(rule, at: position, depth: depth + 1) : try array(rule, at: position, depth: depth + 1)
        output.rewind(to: before)
        return end
    }

    /// Writes a name and its colon; most often they stand in the document as they are written.
    @inline(__always)
    private mutating func write(_ key: JSONReader.Key) {
        if reader.scanner.bytes[key.string.end &+ 1] == UInt8(ascii: ":") {
            output.append(key.string.start &- 1, key.string.end &+ 2)
        } else {
            output.append(key.string.start &- 1, key.string.end &+ 1)
            output.append(UInt8(ascii: ":"))
        }
    }

    // MARK: Rules

    @inline(__always)
    private mutating func member(_ key: JSONReader.Key, of rule: Int) -> Int {
        let found = rules.find(key.string, key.hash, in: rules[rule].pointee.members, reader.scanner.bytes)
        if found >= 0 { return found }
        return rules[rule].pointee.scrubsKeys && isPersonal(key) ? RuleGraph.nothing : Int(rules[rule].pointee.anyMember)
    }

    @inline(never)
    private mutating func isPersonal(_ key: JSONReader.Key) -> Bool {
        scrubber.scrub(key.string.decoded(in: reader.scanner.bytes)) != nil
    }

    @inline(__always)
    private mutating func element(of rule: Int, at position: Int, depth: Int) throws(JSONFault) -> Int {
        if rules[rule].pointee.selector.count >= 0, reader.scanner.bytes[position] == UInt8(ascii: "{") {
            let found = try chosenElement(of: rule, at: position, depth: depth)
            if found >= 0 { return found }
        }
        return Int(rules[rule].pointee.element)
    }

    /// Where the element leads that begins at `position`, by the text of the member that tells elements apart; -1 without one.
    private mutating func chosenElement(of rule: Int, at position: Int, depth: Int) throws(JSONFault) -> Int {
        let selector = rules[rule].pointee.selector
        let (rules, bytes) = (rules, reader.scanner.bytes)
        let isSelector = { (key: JSONReader.Key) in key.hash == selector.hash && rules.isSame(key.string, as: selector, bytes) }
        guard let value = try reader.peek(isSelector, at: position, depth: depth + 1) else { return -1 }
        return rules.find(value, reader.hash(value), in: rules[rule].pointee.chosenElements, bytes)
    }

    // MARK: Reports

    @inline(never)
    private mutating func report(entering key: JSONReader.Key) {
        log?.enter(key: key.string.decoded(in: reader.scanner.bytes))
    }

    /// Notes why something is dropped: by the line that rules it, or because of its shape, or because no line names it.
    mutating func report(_ rule: RuleTable.Rule, fits: Bool) {
        let isNamed = rule.takesScalar || rule.takesObject || rule.takesArray
        log?.add(fits || !isNamed ? rule.reason : .unexpectedShape)
    }
}
