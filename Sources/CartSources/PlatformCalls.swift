// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// What sends requests to one platform, with its credentials: time limits, retries and answers that say nothing are handled there.
package protocol PlatformCalls: Sendable {
    func send(_ request: UpstreamRequest) async throws(SourceError) -> UpstreamAnswer

    /// To be told where an answer's body isn't what it should be.
    func noteUnusable()
}

extension Upstream: PlatformCalls {}

extension PlatformCalls {
    /// Reads an answer, and counts one against the platform that says 200 and is no JSON object.
    func read(
        _ answer: UpstreamAnswer,
        as reading: (UpstreamAnswer) throws(SourceError) -> CartReading
    ) throws(SourceError) -> CartReading {
        do throws(SourceError) {
            return try reading(answer)
        } catch {
            if answer.status == 200, answer.isUnusable { noteUnusable() }
            throw error
        }
    }
}
