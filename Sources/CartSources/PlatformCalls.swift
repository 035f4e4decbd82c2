// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

/// What sends requests to one platform, with its credentials: time limits, retries and answers that say nothing are handled there.
package protocol PlatformCalls: Sendable {
    func send(_ request: UpstreamRequest) async throws(SourceError) -> UpstreamAnswer
}
