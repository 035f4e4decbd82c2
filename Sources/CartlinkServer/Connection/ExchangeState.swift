// SPDX-License-Identifier: Apache-2.0

/// Where a connection stands between its requests and their answers.
struct ExchangeState {
    private var answersOwed = 0
    private var isReadingRequest = false
    private var lastRequestCloses = false
    private var hasBegunAnswer = false
    /// The answer that is being written is the connection's last.
    private(set) var isLastAnswer = false
    /// The answer that is being written is a stream of events: it takes as long as it likes, and nothing follows it.
    private(set) var isStreaming = false
    /// The peer sends nothing more; most likely it has gone.
    var peerIsDone = false
    /// Answers that are written, but not yet out.
    var unsentAnswers = 0
    /// The last request has been read; what follows it is none of ours.
    private(set) var ignoresRest = false
    /// Nothing more is read or written.
    var isEnding = false
    /// The server stops: the next answer that leaves nothing owed is the connection's last.
    var isDraining = false

    enum Turn {
        case now, later
        /// The answer to the refused request has begun; the connection can only end.
        case never
    }

    mutating func requestBegan(closes: Bool) {
        answersOwed += 1
        isReadingRequest = true
        lastRequestCloses = closes
    }

    mutating func requestEnded() {
        isReadingRequest = false
        ignoresRest = lastRequestCloses
    }

    /// An answer that comes before its request's end is the last one: the rest would have to be read without a limit.
    mutating func answerBegan(closes: Bool, streams: Bool = false) {
        hasBegunAnswer = true
        isStreaming = streams
        isLastAnswer = closes || streams || (answersOwed == 1 && (isReadingRequest || lastRequestCloses || isDraining))
    }

    mutating func answerEnded() {
        answersOwed -= 1
        hasBegunAnswer = false
        isStreaming = false
    }

    var owesNothing: Bool { answersOwed <= 0 && !isReadingRequest }

    /// Whether the peer, who waits to send its body, may be told to go on: nothing else is being answered.
    var mayInvite: Bool { answersOwed == 1 && !hasBegunAnswer }

    /// When a refusal may be written: earlier requests are answered first, a request that breaks off in its body gets no other.
    var turnOfRefusal: Turn {
        guard isReadingRequest else { return answersOwed <= 0 ? .now : .later }
        guard answersOwed <= 1 else { return .later }
        return hasBegunAnswer ? .never : .now
    }
}
