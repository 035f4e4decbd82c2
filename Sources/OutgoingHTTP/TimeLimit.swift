// SPDX-License-Identifier: Apache-2.0

/// What `work` answers, or nil where it takes longer than `limit`; it is cancelled then, and has to end by that.
package func within<Answer: Sendable>(
    _ limit: Duration,
    _ work: @escaping @Sendable () async throws -> Answer
) async throws -> Answer? {
    try await withThrowingTaskGroup(of: Answer?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}
