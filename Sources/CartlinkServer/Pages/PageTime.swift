// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks

/// Times as pages write them: in UTC, since the server doesn't know the reader's zone; the page's script puts them into it.
enum PageTime {
    static func text(_ time: Timestamp, locale: String) -> String {
        var style = Date.FormatStyle(date: .long, time: .shortened, locale: Locale(identifier: locale))
        style.timeZone = .gmt
        return Date(timeIntervalSince1970: TimeInterval(time.seconds)).formatted(style) + " UTC"
    }
}
