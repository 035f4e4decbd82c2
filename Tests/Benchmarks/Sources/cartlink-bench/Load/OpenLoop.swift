// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Sends requests by a fixed schedule, whether or not the answers keep up.
///
/// Request i is due at start + i / rate. Where no connection is free it waits, and the wait counts as latency: a server that stalls
/// can't make its own stall invisible ("coordinated omission"). One thread, no allocation after the start.
struct OpenLoop {
    let requests: RequestTexts
    let address: SocketAddress
    let rate: Double
    /// How many requests come first and aren't counted.
    let warmUp: Int
    let total: Int
    /// Nanoseconds that a request may wait for its answer.
    let timeOut: Int64
    /// Nanoseconds that a request may wait for a free connection before it is given up.
    let patience: Int64

    private let connections: UnsafeMutableBufferPointer<Connection>
    private let epoll: Epoll
    private var free: Line
    private var counts = LoadCounts()
    private var start: Int64 = 0
    private var next = 0
    private var onTheirWay = 0
    private var firstDue: Int64 = 0

    init(
        requests: RequestTexts,
        address: SocketAddress,
        connections: Int,
        rate: Double,
        warmUp: Int,
        total: Int,
        timeOut: Int64,
        patience: Int64
    ) throws {
        (self.requests, self.address, self.rate) = (requests, address, rate)
        (self.warmUp, self.total, self.timeOut, self.patience) = (warmUp, total, timeOut, patience)
        self.connections = .allocate(capacity: connections)
        for index in 0..<connections { (self.connections.baseAddress! + index).initialize(to: Connection()) }  // at least one
        epoll = try Epoll(capacity: connections)
        free = Line(capacity: connections)
    }

    /// Runs the schedule and waits for the last answers.
    mutating func run() throws -> LoadCounts {
        try connectAll()
        start = monotonicNanoseconds()
        firstDue = due(warmUp)
        var lastSweep = start
        while next < total || onTheirWay > 0 {
            let now = monotonicNanoseconds()
            sendWhatIsDue(now)
            waitForEvents(now)
            if now - lastSweep > 10_000_000 {
                endWhatTakesTooLong(now)
                lastSweep = now
            }
        }
        return counts
    }

    private func due(_ number: Int) -> Int64 { start + Int64(Double(number) / rate * 1e9) }

    private mutating func connectAll() throws {
        for index in connections.indices { connect(index) }
        let deadline = monotonicNanoseconds() + timeOut
        while free.count < connections.count {
            guard counts.notConnected == 0, monotonicNanoseconds() < deadline else {
                throw BenchFault("only \(free.count) of \(connections.count) connections could be made")
            }
            waitForEvents(milliseconds: 10)
        }
    }

    private mutating func sendWhatIsDue(_ now: Int64) {
        while next < total {
            let due = due(next)
            if due > now { return }
            if now - due > patience {
                if next >= warmUp { counts.gaveUp += 1 }
                next += 1
                continue
            }
            guard let index = takeFree() else { return }
            send(next, due: due, on: index, now)
            next += 1
        }
    }

    private mutating func takeFree() -> Int? {
        while let index = free.takeFirst() {
            connections[index].isQueued = false
            if connections[index].state == .idle { return index }
        }
        return nil
    }

    private mutating func send(_ number: Int, due: Int64, on index: Int, _ now: Int64) {
        onTheirWay += 1
        if number >= warmUp {
            counts.sent += 1
            counts.sendDelay.add(now - due)
        }
        if !connections[index].send(requests[number], due: due, now: now) { give(up: index) { $0.lost += 1 } }
    }

    /// Near to the next request it only looks, and doesn't sleep: waking up takes longer than a request may be late.
    ///
    /// Where nothing can be sent before an answer comes, it sleeps until then.
    private mutating func waitForEvents(_ now: Int64) {
        let pause = next < total ? due(next) - now : 0
        waitForEvents(milliseconds: pause > 0 ? Int32(max(0, min(pause / 1_000_000 - 1, 10))) : 10)
    }

    private mutating func waitForEvents(milliseconds: Int32) {
        epoll.wait(milliseconds: milliseconds) { handle($0) }
    }

    private mutating func handle(_ event: Epoll.Event) {
        let index = event.index
        if connections[index].state == .connecting {
            finishConnecting(event)
            return
        }
        let wasIdle = connections[index].state == .idle
        switch connections[index].receive() {
        case .waiting: return
        case .answered: count(index)
        case .lost: wasIdle ? reconnect(index) : give(up: index) { $0.lost += 1 }
        case .malformed: wasIdle ? reconnect(index) : give(up: index) { $0.malformed += 1 }
        }
    }

    /// A connection that failed is tried again at the next sweep.
    private mutating func finishConnecting(_ event: Epoll.Event) {
        let index = event.index
        if event.isBroken {
            counts.notConnected += 1
            close(connections[index].socket)
            connections[index].state = .closed
        } else if event.isWritable {
            epoll.readOnly(connections[index].socket, index: index)
            becomeFree(index)
        }
    }

    private mutating func count(_ index: Int) {
        let now = monotonicNanoseconds()
        let (head, due, sent) = (connections[index].head, connections[index].due, connections[index].sent)
        onTheirWay -= 1
        if due >= firstDue {
            counts.count(head, fromDue: now - due, fromSend: now - sent)
            counts.nanoseconds = now - firstDue
        }
        head.closes ? reconnect(index) : becomeFree(index)
    }

    private mutating func becomeFree(_ index: Int) {
        connections[index].state = .idle
        if connections[index].isQueued { return }
        connections[index].isQueued = true
        free.append(index)
    }

    private mutating func give(up index: Int, _ note: (inout LoadCounts) -> Void) {
        onTheirWay -= 1
        if connections[index].due >= firstDue { note(&counts) }
        reconnect(index)
    }

    private mutating func reconnect(_ index: Int) {
        close(connections[index].socket)
        connections[index].state = .closed
        connect(index)
    }

    private mutating func connect(_ index: Int) {
        guard let socket = address.open() else {
            counts.notConnected += 1
            return
        }
        connections[index].socket = socket
        connections[index].state = .connecting
        epoll.add(socket, index: index)
    }

    private mutating func endWhatTakesTooLong(_ now: Int64) {
        for index in connections.indices {
            switch connections[index].state {
            case .awaitingHead, .readingBody:
                if now - connections[index].sent > timeOut { give(up: index) { $0.timeOuts += 1 } }
            case .closed: connect(index)
            case .connecting, .idle: break
            }
        }
    }
}

/// A line of connections that are free: who waited longest is taken first.
private struct Line {
    private let places: UnsafeMutableBufferPointer<Int>
    private var first = 0
    private(set) var count = 0

    init(capacity: Int) {
        places = .allocate(capacity: capacity)
    }

    mutating func append(_ index: Int) {
        places[(first + count) % places.count] = index
        count += 1
    }

    mutating func takeFirst() -> Int? {
        guard count > 0 else { return nil }
        defer {
            first = (first + 1) % places.count
            count -= 1
        }
        return places[first]
    }
}
