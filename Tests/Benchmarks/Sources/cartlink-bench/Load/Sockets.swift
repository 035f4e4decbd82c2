// SPDX-License-Identifier: Apache-2.0

import CEpoll
import Glibc

/// A TCP address, as the kernel wants it.
struct SocketAddress {
    private var address: sockaddr_in

    /// - Parameter text: `127.0.0.1:8080`, an IPv4 address and a port; names are not looked up.
    init(_ text: String) throws {
        let parts = text.split(separator: ":")
        address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        guard parts.count == 2, let port = UInt16(parts[1]), inet_pton(AF_INET, String(parts[0]), &address.sin_addr) == 1 else {
            throw BenchFault("\(text) is no IPv4 address with a port, such as 127.0.0.1:8080")
        }
        address.sin_port = port.bigEndian
    }

    /// Begins a connection that never blocks; nil where the system refuses at once.
    func open() -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var copy = address
        let began = withUnsafePointer(to: &copy) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if began == 0 || errno == EINPROGRESS { return descriptor }
        close(descriptor)
        return nil
    }
}

/// Which sockets have something to say (epoll(7), level-triggered).
struct Epoll {
    private let descriptor: Int32
    private let events: UnsafeMutableBufferPointer<epoll_event>

    struct Event {
        let index: Int
        let isWritable: Bool
        /// The connection failed, or never came about.
        let isBroken: Bool
    }

    init(capacity: Int) throws {
        descriptor = epoll_create1(0)
        guard descriptor >= 0 else { throw BenchFault("epoll can't be had: errno \(errno)") }
        events = .allocate(capacity: capacity)
    }

    func add(_ socket: Int32, index: Int) { change(EPOLL_CTL_ADD, socket, index, EPOLLIN.rawValue | EPOLLOUT.rawValue) }
    func readOnly(_ socket: Int32, index: Int) { change(EPOLL_CTL_MOD, socket, index, EPOLLIN.rawValue) }

    /// Waits, at most so long, and passes each event on; `body` must not wait.
    func wait(milliseconds: Int32, _ body: (Event) -> Void) {
        let count = epoll_wait(descriptor, events.baseAddress, Int32(events.count), milliseconds)
        for place in 0..<max(0, Int(count)) {
            let flags = events[place].events
            body(
                Event(
                    index: Int(events[place].data.u32),
                    isWritable: flags & EPOLLOUT.rawValue != 0,
                    isBroken: flags & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
                )
            )
        }
    }

    private func change(_ operation: Int32, _ socket: Int32, _ index: Int, _ wanted: UInt32) {
        var event = epoll_event(events: wanted, data: epoll_data_t(u32: UInt32(index)))
        epoll_ctl(descriptor, operation, socket, &event)
    }
}

/// Nanoseconds of a clock that only goes forward.
func monotonicNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
