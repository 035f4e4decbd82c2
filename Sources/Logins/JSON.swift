// SPDX-License-Identifier: Apache-2.0

/// A JSON value as tokens and key sets need it.
///
/// Texts stay UTF-8 bytes: `String` takes canonically equivalent texts for equal, so the Kelvin sign would pass for a K.
enum JSON: Equatable, Sendable {
    case object(Object)
    /// An object that names a member twice; only where the reader asked to keep such objects.
    case ambiguousObject
    case array([JSON])
    case string([UInt8])
    /// The number as written.
    case number([UInt8])
    case bool(Bool)
    case null

    struct Object: Equatable, Sendable {
        var members: [[UInt8]: JSON] = [:]

        subscript(_ name: String) -> JSON? { members[Array(name.utf8)] }
    }

    var object: Object? {
        if case .object(let object) = self { object } else { nil }
    }

    var string: [UInt8]? {
        if case .string(let bytes) = self { bytes } else { nil }
    }

    func isText(_ text: String) -> Bool {
        string?.elementsEqual(text.utf8) ?? false
    }
}
