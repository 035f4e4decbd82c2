// SPDX-License-Identifier: Apache-2.0

/// Why a store wasn't copied; nothing of the copy is kept.
package enum CopyRefusal: Error {
    /// A store says why it can't be read or filled.
    case store(String)
    case notEmpty(table: String)
    case failed(table: String, cause: String)
    /// What was written isn't what was read.
    case differs([TableComparison])
}
