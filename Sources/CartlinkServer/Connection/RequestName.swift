// SPDX-License-Identifier: Apache-2.0

import ShareLinks

/// The name of a request that never reached the router, which names all others.
enum RequestName {
    static func fresh() -> String {
        Hex.text(of: SecureRandom.bytes(16))
    }
}
