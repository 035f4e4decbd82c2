// SPDX-License-Identifier: Apache-2.0

import OutgoingHTTP
import ShareLinks

extension DeliveryFault {
    init(_ fault: ConnectionFault) {
        self =
            switch fault {
            case .nameUnknown: .nameUnknown
            case .privateAddress: .privateAddress
            case .noConnection: .noConnection
            case .refused: .refused
            case .certificate: .certificate
            case .tls: .tls
            case .noAnswer: .noAnswer
            case .closed: .closed
            case .notHTTP: .notHTTP
            }
    }
}
