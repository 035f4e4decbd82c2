// SPDX-License-Identifier: Apache-2.0

import OutgoingHTTP
import Synchronization

/// How far a request came on its way out: what was never sent may be sent again, whatever it does.
final class SendMark: Sendable {
    private let isHanded = Atomic<Bool>(false)
    private let isOut = Atomic<Bool>(false)

    /// The client has it.
    func hand() { isHanded.store(true, ordering: .sequentiallyConsistent) }

    /// Its head was written to a connection.
    func leave() { isOut.store(true, ordering: .sequentiallyConsistent) }

    /// Whether it may have been sent when it was cut off: the client may be writing just then.
    var mayBeOut: Bool { isHanded.load(ordering: .sequentiallyConsistent) }

    /// Whether it may have been sent when the client failed with `fault`.
    func mayBeOut(at fault: ConnectionFault) -> Bool {
        switch fault {
        case .nameUnknown, .privateAddress, .noConnection, .refused, .certificate, .tls: isOut.load(ordering: .sequentiallyConsistent)
        case .noAnswer, .closed, .notHTTP: mayBeOut
        }
    }
}
