// SPDX-License-Identifier: Apache-2.0

/// A line as an edit wrote it.
struct EditedLine {
    let text: [UInt8]
    /// What it costs, in minor units; nil where no price is known.
    let total: Int64?
}
