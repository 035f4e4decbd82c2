// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Metrics
import Redaction
import ShareLinks

/// The answers that strangers get of links: held ones, or worked out by one for all who ask meanwhile.
struct LinkAnswers: Sendable {
    let sharing: Sharing
    let projections: Projections
    let pages: SharePages
    let cache: AnswerCache
    /// Nil where no other process changes the store.
    private let check: (any RevisionCheck)?
    private let rendered = Counter(label: "cartlink.answers.rendered")

    init(sharing: Sharing, projections: Projections, pages: SharePages, cache: AnswerCache) {
        self.sharing = sharing
        self.projections = projections
        self.pages = pages
        self.cache = cache
        check = sharing.store.revisionCheck
        rendered.increment(by: 0)
    }

    /// What a stranger gets of the link that a genuine token names; throws what the link's use cases throw.
    ///
    /// - Parameter wishes: the request's, so that the same is ready for the next one.
    func answer(_ form: AnswerName.Form, to token: Token, wishes: ContentWishes, at now: Timestamp) async throws -> RenderedAnswer {
        let name = AnswerName(link: token.id, form: form)
        let answer = try await held(name, to: token, at: now).get()
        if answer.prepare(for: wishes, date: HTTPDate(now)) { cache.weigh(name) }
        return answer.rendered(for: wishes)
    }

    private func held(_ name: AnswerName, to token: Token, at now: Timestamp) async throws -> Result<HeldAnswer, ShareError> {
        // Whose turn it is reads the store himself, after his request came, and needs no check. Everyone else is shown what somebody found
        // who may have looked before that: a check that began when the request was here has noted by its end whatever was acknowledged
        // before. What is held is judged after that, and so is what is found in another's turn: it is dated by the revision at which the
        // turn began, so a change that its look-up may have missed is newer than its date, and whoever waited looks again.
        if let check {
            if case .turn(let turn) = cache.enter(name, to: token, at: now) { return try await lookUp(turn, token, at: now) }
            try await check.pass()
        }
        // Who waited for what changed meanwhile looks for himself: a cart that never rests must not make anyone wait for ever.
        for _ in 0..<2 {
            switch cache.enter(name, to: token, at: now) {
            case .held(let outcome): return outcome
            case .turn(let turn): return try await lookUp(turn, token, at: now)
            case .wait:
                if let outcome = await cache.wait(for: name, to: token, at: now) { return outcome }
            }
        }
        return try await lookUp(cache.turn(for: name), endsTurn: false, token, at: now)
    }

    private func lookUp(
        _ turn: AnswerCache.Turn,
        endsTurn: Bool = true,
        _ token: Token,
        at now: Timestamp
    ) async throws -> Result<HeldAnswer, ShareError> {
        var entry: AnswerCache.Entry?
        var endsTurn = endsTurn
        defer {
            if endsTurn {
                cache.leave(turn, with: entry)
            } else if let entry {
                cache.put(entry, for: turn.name)
            }
        }
        var look = try await sharing.lookAsStranger(through: token, at: now)
        if look.asksPlatform {
            // Nobody waits here for a platform that hangs: whoever comes meanwhile is judged at once, and joins the reading himself.
            if endsTurn { cache.leave(turn, with: nil) }
            endsTurn = false
            look = try await sharing.complete(look, at: now)
            // One of those who joined it has rendered the answer by now.
            if let held = cache.answer(turn.name, to: token, at: now) { return held }
        }
        let outcome: Result<HeldAnswer, ShareError> =
            switch look.outcome {
            case .success(let opened): .success(try render(opened, turn.name.form, token, at: now))
            case .failure(let refusal): .failure(refusal)
            }
        entry = AnswerCache.Entry(turn, token, look, outcome, place: look.cart.map(cache.revisions.place(of:)))
        return outcome
    }

    /// The one place where an answer to strangers is made.
    private func render(_ opened: OpenedLink, _ form: AnswerName.Form, _ token: Token, at now: Timestamp) throws -> HeldAnswer {
        rendered.increment()
        switch form {
        case .view:
            let content = Content(try SharedRoutes.body(opened, projections), type: "application/json", compression: .onDemand)
            return HeldAnswer(content, headers: SharedRoutes.headers(opened), path: FastRequest.viewPath, date: HTTPDate(now))
        case .page(let locale):
            let page = try projections.page(of: opened, token: token.text)
            let language = pages.languages.preferred(locale, cartLocale: page.cartLocale)
            let content = Content(pages.cart(page, in: language), type: SharePages.type, compression: .onDemand)
            let headers = pages.headers(language).replacing(with: opened.headers)
            return HeldAnswer(content, headers: headers, path: FastRequest.pagePath, date: HTTPDate(now))
        }
    }
}

extension AnswerCache.Entry {
    fileprivate init(
        _ turn: AnswerCache.Turn,
        _ token: Token,
        _ look: StrangersLook,
        _ outcome: Result<HeldAnswer, ShareError>,
        place: Revisions.Place?
    ) {
        self.token = token
        self.outcome = outcome
        self.place = place
        revision = turn.revision
        policyVersion = turn.policyVersion
        expiresAt = look.endsAt ?? .endOfCalendar
        freshUntil = (try? look.outcome.get())?.cart.reading?.freshUntil
    }
}
