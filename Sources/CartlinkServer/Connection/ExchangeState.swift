// SPDX-License-Identifier: Apache-2.0

/// Where a connection stands between its requests and their answers.
struct ExchangeState {
    private var answersOwed = 0
    private var isReadingRequest = false
    private var hasBegunAnswer = false
    private var answerCloses = false
    /// Nothing more is read or written.
    var isEnding = false

    enum Turn {
        case now, later
        /// The answer to the refused request has begun; the connection can only end.
        case never
    }

    mutating func requestBegan() {
        answersOwed += 1
        isReadingRequest = true
    }

    mutating func requestEnded() {
        isReadingRequest = false
    }

    mutating func answerBegan(closes: Bool) {
        hasBegunAnswer = true
        answerCloses = closes
    }

    mutating func answerEnded() {
        answersOwed -= 1
        hasBegunAnswer = false
    }

    var owesNothing: Bool { answersOwed <= 0 }

    /// The answer that just ended said `Connection: close`.
    var mustClose: Bool { answerCloses }

    /// When a refusal may be written: earlier requests are answered first, a request that breaks off in its body gets no other.
    var turnOfRefusal: Turn {
        guard isReadingRequest else { return answersOwed <= 0 ? .now : .later }
        guard answersOwed <= 1 else { return .later }
        return hasBegunAnswer ? .never : .now
    }
}
