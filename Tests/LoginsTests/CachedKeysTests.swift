// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Logins

/// A key source whose answers a test chooses, and which counts how often it is asked.
private final class Source: Sendable {
    struct Down: Error {}

    private let state: Mutex<(answer: [UInt8]?, fetches: Int)>

    init(_ name: String?) { state = Mutex((name.map(Fixtures.keySet), 0)) }

    var fetches: Int { state.withLock { $0.fetches } }

    /// Answers with a key set of the fixtures from now on, or fails.
    func serve(_ name: String?) { state.withLock { $0.answer = name.map(Fixtures.keySet) } }
    func serve(text: String) { state.withLock { $0.answer = Array(text.utf8) } }

    func fetch() throws -> [UInt8] {
        try state.withLock { state in
            state.fetches += 1
            guard let answer = state.answer else { throw Down() }
            return answer
        }
    }
}

/// A number that the tasks of a test share.
private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    @discardableResult
    func increment() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

struct CachedKeysTests {
    private let start = Fixtures.now
    private let old = Array("es".utf8)
    private let new = Array("es-next".utf8)

    private func keys(_ source: Source) -> CachedKeys {
        CachedKeys(algorithms: [.es256], fetch: source.fetch)
    }

    private func fault(_ keys: CachedKeys, _ id: [UInt8], at now: Int64) async -> LoginFault? {
        do {
            _ = try await keys.key(id, at: now)
            return nil
        } catch {
            return error
        }
    }

    @Test
    func keysAreFetchedOnceAndKept() async {
        let source = Source("one")
        let keys = keys(source)
        #expect(source.fetches == 0)
        for second in 0..<600 { #expect(await fault(keys, old, at: start + Int64(second)) == nil) }
        #expect(source.fetches == 1)
        #expect(await fault(keys, old, at: start + 600) == nil)
        #expect(source.fetches == 2)
    }

    @Test
    func rotationWithOverlapRefusesNobody() async throws {
        let source = Source("one")
        let verifier = try LoginVerifier(issuers: [Fixtures.issuer(keys: .jwks { try source.fetch() })])
        let (oldToken, newToken) = (Fixtures.all.rotated["es"]!, Fixtures.all.rotated["es-next"]!)
        #expect(await outcome(of: oldToken, by: verifier, at: start) == .success(Fixtures.ann))
        source.serve("overlap")
        #expect(await outcome(of: newToken, by: verifier, at: start + 31) == .success(Fixtures.ann))
        #expect(await outcome(of: oldToken, by: verifier, at: start + 31) == .success(Fixtures.ann))
        #expect(source.fetches == 2)
        source.serve("next")
        #expect(await outcome(of: newToken, by: verifier, at: start + 31 + 600) == .success(Fixtures.ann))
        #expect(await outcome(of: oldToken, by: verifier, at: start + 31 + 600) == .failure(.unknownKey))
        #expect(source.fetches == 3)
    }

    @Test
    func unknownKeyIsLookedForOncePerCoolDown() async {
        let source = Source("one")
        let keys = keys(source)
        for second in 0..<30 { #expect(await fault(keys, new, at: start + Int64(second)) == .unknownKey) }
        #expect(source.fetches == 1)
        #expect(await fault(keys, new, at: start + 30) == .unknownKey)
        #expect(source.fetches == 2)
        source.serve("overlap")
        #expect(await fault(keys, new, at: start + 59) == .unknownKey)
        #expect(await fault(keys, new, at: start + 60) == nil)
        #expect(source.fetches == 3)
    }

    @Test
    func tokenWithoutKidIsRefusedWithoutAFetch() async throws {
        let source = Source("one")
        let verifier = try LoginVerifier(issuers: [Fixtures.issuer(keys: .jwks { try source.fetch() })])
        #expect(await outcome(of: Fixtures.all.refused["no kid"]!.token, by: verifier) == .failure(.unknownKey))
        #expect(source.fetches == 0)
    }

    @Test
    func lastGoodKeysServeWhileTheSourceIsDown() async {
        let source = Source("one")
        let keys = keys(source)
        #expect(await fault(keys, old, at: start) == nil)
        source.serve(nil)
        #expect(await fault(keys, old, at: start + 600) == nil)
        #expect(source.fetches == 2)
        #expect(await fault(keys, old, at: start + 629) == nil)
        #expect(source.fetches == 2)
        #expect(await fault(keys, new, at: start + 86_399) == .unknownKey)
        #expect(await fault(keys, old, at: start + 86_399) == nil)
        #expect(await fault(keys, old, at: start + 86_400) == .unavailable)
        source.serve("one")
        #expect(await fault(keys, old, at: start + 86_400 + 29) == nil)
    }

    @Test(arguments: ["", "{}", #"{"keys":[]}"#, "<html>502</html>", #"{"keys":[{"kty":"oct","k":"AAAA","kid":"es"}]}"#])
    func garbageKeepsTheOldKeys(text: String) async {
        let source = Source("one")
        let keys = keys(source)
        #expect(await fault(keys, old, at: start) == nil)
        source.serve(text: text)
        #expect(await fault(keys, old, at: start + 600) == nil)
        #expect(source.fetches == 2)
        #expect(await fault(keys, old, at: start + 86_400) == .unavailable)
    }

    @Test
    func withoutKeysTheServiceIsUnavailable() async {
        let source = Source(nil)
        let keys = keys(source)
        for second in 0..<30 { #expect(await fault(keys, old, at: start + Int64(second)) == .unavailable) }
        #expect(source.fetches == 1)
        source.serve("one")
        #expect(await fault(keys, old, at: start + 30) == nil)
    }

    @Test
    func clockSetBackDoesNotKeepKeysForever() async {
        let source = Source("one")
        let keys = keys(source)
        #expect(await fault(keys, old, at: start) == nil)
        #expect(await fault(keys, old, at: start - 5) == nil)
        #expect(source.fetches == 1)
        source.serve("next")
        #expect(await fault(keys, old, at: start - 31_536_000) == .unknownKey)
        #expect(source.fetches == 2)
    }

    @Test
    func manyUnknownKeysShareOneFetch() async {
        let source = Source("one")
        let started = Counter()
        let keys = CachedKeys(algorithms: [.es256]) {
            // The fetch ends only after every request has begun.
            while started.value < 200 { await Task.yield() }
            return try source.fetch()
        }
        let faults = await withTaskGroup(of: LoginFault?.self) { group in
            for index in 0..<200 {
                group.addTask {
                    started.increment()
                    return await fault(keys, index % 2 == 0 ? Array("unknown-\(index)".utf8) : old, at: start)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(source.fetches == 1)
        #expect(faults.count { $0 == .unknownKey } == 100)
        #expect(faults.count { $0 == nil } == 100)
    }

    @Test
    func knownKeysDoNotWaitForARefresh() async {
        let source = Source("one")
        let isHeld = Counter(), isReleased = Counter()
        let keys = CachedKeys(algorithms: [.es256]) {
            while isHeld.value > isReleased.value { await Task.yield() }
            return try source.fetch()
        }
        #expect(await fault(keys, old, at: start) == nil)
        isHeld.increment()
        await withTaskGroup(of: LoginFault?.self) { group in
            for _ in 0..<50 { group.addTask { await fault(keys, old, at: start + 700) } }
            // All but the one that refreshes come back while the source still holds its answer.
            for _ in 0..<49 { #expect(await group.next() == .some(nil)) }
            isReleased.increment()
            #expect(await group.next() == .some(nil))
        }
        #expect(source.fetches == 2)
    }

    @Test
    func requestGivenUpHandsTheFetchToAWaitingOne() async {
        let source = Source("one")
        let calls = Counter()
        let keys = CachedKeys(algorithms: [.es256]) {
            let call = calls.increment()
            while call == 1 {
                try Task.checkCancellation()
                await Task.yield()
            }
            return try source.fetch()
        }
        await withTaskGroup(of: LoginFault?.self) { group in
            let first = Task { await fault(keys, old, at: start) }
            while calls.value == 0 { await Task.yield() }
            for _ in 0..<20 { group.addTask { await fault(keys, old, at: start) } }
            first.cancel()
            #expect(await first.value == .unavailable)
            for await fault in group { #expect(fault == nil) }
        }
        #expect(calls.value == 2)
    }

    @Test
    func requestsGivenUpDoNotBreakTheCoolDown() async {
        let source = Source("one")
        let calls = Counter()
        let keys = CachedKeys(algorithms: [.es256]) {
            if calls.increment() == 1 { return try source.fetch() }
            throw CancellationError()
        }
        #expect(await fault(keys, old, at: start) == nil)
        for _ in 0..<10 {
            let impatient = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await fault(keys, new, at: start + 100)
            }
            #expect(await impatient.value == .unknownKey)
        }
        #expect(calls.value == 2)
    }
}
