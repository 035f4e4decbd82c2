// SPDX-License-Identifier: Apache-2.0

/// What a token itself says of its link's power: two bits of its header, fixed when it is issued.
///
/// The record says it too, and the weaker of the two holds.
public enum LinkMode: UInt8, Sendable, CaseIterable {
    case externalReadOnly = 0
    case internalReadOnly = 1
    case internalFull = 2

    package init(audience: Audience, access: Access) {
        switch (audience, access) {
        case (.external, _): self = .externalReadOnly
        case (.internal, .readOnly): self = .internalReadOnly
        case (.internal, .full): self = .internalFull
        }
    }

    package var isInternal: Bool { self != .externalReadOnly }
    package var access: Access { self == .internalFull ? .full : .readOnly }
}
