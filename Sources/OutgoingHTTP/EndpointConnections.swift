// SPDX-License-Identifier: Apache-2.0

package import AsyncHTTPClient
import NIOCore
import Synchronization

/// The connections to one endpoint: made when the first request goes, and only to an address that was checked.
///
/// The client is told the address for the name, so it never looks the name up itself: what was checked is what is connected to, while
/// TLS still asks for the name.
package final class EndpointConnections: Sendable {
    private let url: EndpointURL
    private let allowsPrivateAddresses: Bool
    private let most: Int
    private let retriesConnecting: Bool
    private let names: NameLookUp
    private let current = Mutex<Line?>(nil)
    /// Which of several addresses is tried next.
    private let turn = Atomic<Int>(0)

    /// A client for one address; who uses it holds it open.
    private final class Line: Sendable {
        let client: HTTPClient
        let address: HostAddress
        private let state = Mutex((users: 0, isRetired: false))

        init(client: HTTPClient, address: HostAddress) {
            self.client = client
            self.address = address
        }

        /// Whether it was still in use.
        func take() -> Bool {
            state.withLock { state in
                guard !state.isRetired else { return false }
                state.users += 1
                return true
            }
        }

        func release() async {
            let isOver = state.withLock { state in
                state.users -= 1
                return state.isRetired && state.users == 0
            }
            if isOver { try? await client.shutdown() }
        }

        func retire() async {
            let isOver = state.withLock { state in
                defer { state.isRetired = true }
                return !state.isRetired && state.users == 0
            }
            if isOver { try? await client.shutdown() }
        }
    }

    /// - Parameters:
    ///   - most: how many connections there may be at a time.
    ///   - retriesConnecting: whether a connection that fails is tried again until its time is up; who tries again himself wants to know.
    ///   - resolve: finds the addresses of the name; the client never does.
    package init(
        url: EndpointURL,
        allowsPrivateAddresses: Bool,
        most: Int,
        retriesConnecting: Bool = true,
        resolve: @escaping NameResolver
    ) {
        self.url = url
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.most = most
        self.retriesConnecting = retriesConnecting
        names = NameLookUp(name: url.host, port: url.port, resolve: resolve)
    }

    /// Lends a client that connects to a checked address.
    ///
    /// Throws a ``ConnectionFault`` where the name has no address or one that isn't allowed.
    package func withClient<Answer: Sendable>(_ work: (HTTPClient) async throws -> Answer) async throws -> Answer {
        let line = try await line()
        do {
            let answer = try await work(line.client)
            await line.release()
            return answer
        } catch {
            if ConnectionFault(of: error).leftNoConnection { await leave(line) }
            await line.release()
            throw error
        }
    }

    private func line() async throws -> Line {
        let found = try await names.addresses().compactMap(HostAddress.init)
        guard !found.isEmpty else { throw ConnectionFault.nameUnknown }
        // One private address among public ones is how a name is bent to the inside.
        guard allowsPrivateAddresses || found.allSatisfy(\.isPublic) else { throw ConnectionFault.privateAddress }
        let (line, former) = current.withLock { current in
            if let line = current, found.contains(line.address), line.take() { return (line, nil as Line?) }
            let address = found[turn.load(ordering: .relaxed) % found.count]
            let line = Line(client: client(to: address), address: address)
            _ = line.take()
            defer { current = line }
            return (line, current)
        }
        await former?.retire()
        return line
    }

    /// The next request looks the name up again and takes the next address; once, however many requests failed on this one.
    private func leave(_ line: Line) async {
        let isCurrent = current.withLock { current in
            guard current === line else { return false }
            current = nil
            return true
        }
        guard isCurrent else { return }
        names.forget()
        turn.wrappingAdd(1, ordering: .relaxed)
        await line.retire()
    }

    /// Closes what is open; requests under way are finished.
    package func close() async {
        let line = current.withLock { current in
            defer { current = nil }
            return current
        }
        await line?.retire()
    }

    private func client(to address: HostAddress) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.dnsOverride = [url.host: address.description]
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(2))
        configuration.httpVersion = .http1Only
        configuration.connectionPool = .init(idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: most)
        configuration.connectionPool.retryConnectionEstablishment = retriesConnecting
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
