// SPDX-License-Identifier: Apache-2.0

/// Tells when what this process holds is known to be no older than a moment, though other processes change the store too.
package protocol RevisionCheck: Sendable {
    /// Calls back when a look at the store's revisions that began after this call has ended: whatever was acknowledged before the call, by
    /// any process, has then been published on the store's feed.
    ///
    /// With an error nothing is known, and nothing held may be shown. It may be called on any thread, and calls back on any: always, once,
    /// and within some two seconds.
    func pass(_ done: @escaping @Sendable (ShareError?) -> Void)
}

extension RevisionCheck {
    /// The same for who can wait.
    package func pass() async throws(ShareError) {
        let error = await withCheckedContinuation { continuation in pass { continuation.resume(returning: $0) } }
        if let error { throw error }
    }
}
