// SPDX-License-Identifier: Apache-2.0

@testable import CartlinkServer

extension PageTexts {
    static let english = (try? PageLanguages())!.preferred("en").texts
}
