// SPDX-License-Identifier: Apache-2.0

import FuzzDriver
import RedactionProperties

@main
enum FuzzPolicy {
    static func main() {
        FuzzDriver.run { start, count in FuzzDriver.check(start, count, PolicyProperty.check) }
    }
}
