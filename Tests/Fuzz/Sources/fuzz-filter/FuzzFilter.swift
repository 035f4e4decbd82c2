// SPDX-License-Identifier: Apache-2.0

import FuzzDriver
import RedactionProperties

@main
enum FuzzFilter {
    static func main() {
        FuzzDriver.run { start, count in FuzzDriver.check(start, count, FilterProperty.check) }
    }
}
