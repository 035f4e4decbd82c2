// SPDX-License-Identifier: Apache-2.0

package import NIOCore
import Synchronization

/// A name server that answers what it is told to, one list after the other, the last one for ever.
package final class Names: Sendable {
    private let answers: Mutex<[[String]]>
    private let asked = Atomic<Int>(0)

    package init(_ answers: [[String]]) { self.answers = Mutex(answers) }

    package var count: Int { asked.load(ordering: .relaxed) }

    @Sendable package func resolve(_ name: String, _ port: Int) -> [SocketAddress] {
        asked.wrappingAdd(1, ordering: .relaxed)
        let answer = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        return answer.compactMap { try? SocketAddress(ipAddress: $0, port: port) }
    }
}
