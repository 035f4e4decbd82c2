// SPDX-License-Identifier: Apache-2.0

/// Whose eyes a projection is for.
public enum Viewer: String, Sendable, CaseIterable {
    /// The logged-in person whose cart it is.
    case owner
    /// A grant holder, or somebody inside an internal link's audience.
    case member
    /// Everyone else.
    case guest
    /// A machine with `carts:read`. It has no column: it sees every class but `personal` and `payment`.
    case service
}
