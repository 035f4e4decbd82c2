// SPDX-License-Identifier: Apache-2.0

import HummingbirdTesting
import NIOCore

extension TestResponse {
    var bytes: [UInt8] { Array(body.readableBytesView) }
}
