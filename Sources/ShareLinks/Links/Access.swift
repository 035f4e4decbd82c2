// SPDX-License-Identifier: Apache-2.0

/// What a link or a grant lets people do: only look, or also change the cart's items.
public enum Access: String, Sendable, CaseIterable, Comparable {
    case readOnly = "read-only"
    case full

    public static func < (one: Access, other: Access) -> Bool { one == .readOnly && other == .full }
}
