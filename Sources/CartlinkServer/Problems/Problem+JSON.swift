// SPDX-License-Identifier: Apache-2.0

import Redaction

extension Problem {
    /// Tells where a body stops being JSON, never what stands there.
    init(_ fault: JSONFault) {
        switch fault.reason {
        case .tooLarge: self.init(code: .tooLarge)
        case .notAnObject: self.init(code: .malformedRequest, detail: "The body must be a JSON object.")
        case .tooDeep, .unexpectedEnd, .unexpectedByte, .invalidNumber, .invalidEscape, .loneSurrogate, .invalidUTF8, .controlCharacter,
            .duplicateKey, .trailingBytes:
            self.init(code: .malformedJSON, detail: "\(fault.reason.rawValue) at byte \(fault.offset)")
        }
    }
}
