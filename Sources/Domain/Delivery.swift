/// A row of the outbox: what is to be delivered, and how far that has come.
package struct OutboxMessage: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        case pending, delivered
        /// Given up: the schedule of retries has ended.
        case failed
        /// Its destination answered that it is gone for good.
        case disabled
    }

    package let id: Identifier<OutboxMessage>
    package let draft: OutboxDraft
    /// When its transaction ran.
    package let knownAt: Timestamp
    package let state: State
    /// Tries so far; one try of a destination counts for all its messages that were due.
    package let attempts: Int
    /// When it is tried next; without meaning unless `pending`.
    package let nextAttemptAt: Timestamp
    /// When it came to its end; absent while `pending`.
    package let settledAt: Timestamp?
    /// What the last try came to; one of the two is present after the first.
    package let lastStatus: Int?
    package let lastError: String?

    package init(
        id: Identifier<OutboxMessage>, draft: OutboxDraft, knownAt: Timestamp,
        state: State = .pending, attempts: Int = 0, nextAttemptAt: Timestamp,
        settledAt: Timestamp? = nil, lastStatus: Int? = nil, lastError: String? = nil
    ) {
        self.id = id
        self.draft = draft
        self.knownAt = knownAt
        self.state = state
        self.attempts = attempts
        self.nextAttemptAt = nextAttemptAt
        self.settledAt = settledAt
        self.lastStatus = lastStatus
        self.lastError = lastError
    }
}

/// One sending of a message, and what came back.
package struct DeliveryAttempt: Hashable, Sendable {
    /// The time of sending, which is signed.
    package let sentAt: Timestamp
    /// When the answer was in, or was waited for no longer.
    package let endedAt: Timestamp
    /// Absent where no answer came.
    package let status: Int?
    /// Why no answer came; absent where one did.
    package let error: String?
    /// How long the receiver asks to wait, from `endedAt` on.
    package let retryAfter: Duration?

    package init(
        sentAt: Timestamp, endedAt: Timestamp, status: Int?, error: String? = nil,
        retryAfter: Duration? = nil
    ) {
        self.sentAt = sentAt
        self.endedAt = endedAt
        self.status = status
        self.error = error
        self.retryAfter = retryAfter
    }
}

/// What becomes of a message after a try.
package enum DeliveryVerdict: Hashable, Sendable {
    case delivered
    case retry(at: Timestamp)
    case failed
    /// The destination is gone for good; nothing more is sent there.
    case destinationGone
}
