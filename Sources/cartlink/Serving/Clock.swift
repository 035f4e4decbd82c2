// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks

/// The one place that asks what time it is.
enum Clock {
    static func now() -> Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
