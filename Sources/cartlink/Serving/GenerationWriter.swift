// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Logging
import ServiceLifecycle
import ShareLinks
import Synchronization

/// Notes beside the data how far the store's history has come, once a second and once more at the stop; the next start asks for it.
///
/// To be stopped after everything that writes, and before the store.
final class GenerationWriter: Service {
    private let store: any OpenedStore
    private let file: GenerationFile
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var written: StoreGeneration?
        var isFailing = false
    }

    init(store: any OpenedStore, file: GenerationFile, logger: Logger) {
        self.store = store
        self.file = file
        self.logger = logger
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown { [self] in
            while true {
                await write()
                try await Task.sleep(for: .seconds(1))
            }
        }
        await write()
    }

    /// On a thread of its own: the sync may take as long as the disk likes.
    private func write() async {
        let generation = store.generation
        guard state.withLock({ $0.written != generation }) else { return }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                do {
                    try file.write(generation)
                    state.withLock { $0 = State(written: generation) }
                } catch {
                    noteFailure(error)
                }
                continuation.resume()
            }
        }
    }

    /// The service goes on: an older note still tells an older store. One line, not one a second.
    private func noteFailure(_ error: any Error) {
        let isNews = state.withLock { state in
            defer { state.isFailing = true }
            return !state.isFailing
        }
        guard isNews else { return }
        logger.error("can't note how far the store has come", metadata: ["file": "\(file.path)", "cause": "\(error)"])
    }
}
