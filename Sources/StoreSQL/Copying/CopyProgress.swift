// SPDX-License-Identifier: Apache-2.0

/// How far a copy has come in one table.
package struct CopyProgress: Sendable {
    package let stage: Stage
    package let table: String
    package let done: Int
    package let total: Int

    package enum Stage: String, Sendable {
        case copying, comparing
    }
}
