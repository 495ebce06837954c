package import EarshotDomain
import GRDB

extension Store {
    /// Puts messages into the outbox by themselves; whatever gives rise to one does so in its own
    /// transaction.
    package func add(outbox drafts: [OutboxDraft], knownAt now: Timestamp) async throws {
        try await write { db in
            for draft in drafts { try db.add(outbox: draft, knownAt: now) }
        }
    }

    /// Destinations that have a message due by `now`, by key.
    package func destinations(dueBy now: Timestamp) async throws -> [String] {
        try await read { db in
            try db.all(
                """
                SELECT DISTINCT destination FROM outbox
                WHERE state = 'pending' AND nextAttemptAt <= ? ORDER BY destination
                """, [now.milliseconds]
            ) { try $0.next() }
        }
    }

    /// When the next message for one of `destinations` is due; absent where none waits.
    package func nextDelivery(to destinations: [String]) async throws -> Timestamp? {
        try await read { db in
            let moment: Timestamp?? = try db.first(
                """
                SELECT min(nextAttemptAt) FROM outbox WHERE state = 'pending'
                AND destination IN (\(placeholders(destinations.count)))
                """, StatementArguments(destinations)
            ) { try $0.optionalMoment() }
            return moment ?? nil
        }
    }

    /// What waits for a destination, due or not, the oldest first.
    ///
    /// - Parameter after: only rows after that one, for the next page.
    package func pending(
        for destination: String, after: Identifier<OutboxMessage>? = nil, limit: Int
    ) async throws -> [OutboxMessage] {
        try await read { db in
            try db.messages(
                "WHERE state = 'pending' AND destination = ? AND id > ? ORDER BY id LIMIT ?",
                [destination, after?.rawValue ?? 0, limit])
        }
    }

    /// The outbox, the newest first.
    package func outbox(
        state: OutboxMessage.State? = nil, limit: Int
    ) async throws -> [OutboxMessage] {
        try await read { db in
            guard let state else { return try db.messages("ORDER BY id DESC LIMIT ?", [limit]) }
            return try db.messages(
                "WHERE state = ? ORDER BY id DESC LIMIT ?", [state.rawValue, limit])
        }
    }

    /// Each sending of a message, the first one first.
    package func attempts(
        of message: Identifier<OutboxMessage>
    ) async throws -> [DeliveryAttempt] {
        try await read { db in
            try db.all(
                """
                SELECT eventAt, knownAt, status, error FROM deliveryAttempt
                WHERE message = ? ORDER BY number
                """, [message.rawValue]
            ) { columns in
                DeliveryAttempt(
                    sentAt: try columns.moment(), endedAt: try columns.moment(),
                    status: try columns.optional(), error: try columns.optional())
            }
        }
    }

    /// Records a sending and what became of its message, in one transaction.
    ///
    /// A delivery makes all that still wait for the destination due at once; a destination that is
    /// gone takes them with it.
    ///
    /// - Parameters:
    ///   - url: where it was sent.
    ///   - heldBack: where the sending is a try of all messages that were due then, that moment.
    /// - Returns: how many messages are in which state by it.
    package func record(
        _ attempt: DeliveryAttempt, of message: OutboxMessage, url: String,
        heldBack: Timestamp? = nil,
        verdict: @Sendable @escaping (OutboxMessage) -> DeliveryVerdict
    ) async throws -> [OutboxMessage.State: Int] {
        try await write { db in
            try db.log(attempt, of: message.id)
            var messages = [message]
            let destination = message.draft.destination
            if let heldBack {
                messages += try db.messages(
                    """
                    WHERE state = 'pending' AND destination = ? AND nextAttemptAt <= ? AND id <> ?
                    ORDER BY id
                    """, [destination, heldBack.milliseconds, message.id.rawValue])
            }
            var counts: [OutboxMessage.State: Int] = [:]
            for message in messages {
                let state = try db.settle(message.id, verdict(message), attempt)
                counts[state, default: 0] += db.changesCount
            }
            switch verdict(message) {
            case .delivered:
                try db.run(
                    """
                    UPDATE outbox SET nextAttemptAt = ?
                    WHERE destination = ? AND state = 'pending' AND nextAttemptAt > ?
                    """,
                    [attempt.endedAt.milliseconds, destination, attempt.endedAt.milliseconds])
            case .destinationGone:
                try db.run(
                    """
                    INSERT INTO destinationEnd (destination, url, knownAt) VALUES (?, ?, ?)
                    ON CONFLICT (destination, url) DO NOTHING
                    """, [destination, url, attempt.endedAt.milliseconds])
                counts[.disabled, default: 0] += try db.disableAll(
                    for: destination, at: attempt.endedAt)
            case .retry, .failed: break
            }
            return counts
        }
    }

    /// When the destination answered from this URL that it is gone; absent where it never did.
    package func end(of destination: String, url: String) async throws -> Timestamp? {
        try await read { db in
            try db.first(
                "SELECT knownAt FROM destinationEnd WHERE destination = ? AND url = ?",
                [destination, url]
            ) { try $0.moment() }
        }
    }

    /// Ends what waits for a destination that is gone, and says how much that was.
    package func disableAll(for destination: String, at now: Timestamp) async throws -> Int {
        try await write { try $0.disableAll(for: destination, at: now) }
    }
}

extension Database {
    /// Puts a message into the outbox, due at once, within the transaction that gives rise to it.
    ///
    /// One that is there already stays as it is: a tick that runs again adds nothing.
    func add(outbox draft: OutboxDraft, knownAt now: Timestamp) throws {
        try run(
            """
            INSERT INTO outbox (message, destination, kind, payload, knownAt, state, attempts,
                nextAttemptAt)
            VALUES (?, ?, ?, ?, ?, 'pending', 0, ?)
            ON CONFLICT (destination, message) DO NOTHING
            """,
            [
                draft.id, draft.destination, draft.kind, draft.payload.storable, now.milliseconds,
                now.milliseconds,
            ])
    }

    fileprivate func messages(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [OutboxMessage] {
        try all(
            """
            SELECT id, message, destination, kind, payload, knownAt, state, attempts,
                nextAttemptAt, settledAt, lastStatus, lastError
            FROM outbox \(condition)
            """, arguments
        ) { columns in
            OutboxMessage(
                id: try columns.identifier(),
                draft: OutboxDraft(
                    id: try columns.next(), destination: try columns.next(),
                    kind: try columns.next(), payload: try columns.next()),
                knownAt: try columns.moment(), state: try columns.choice(),
                attempts: try columns.next(), nextAttemptAt: try columns.moment(),
                settledAt: try columns.optionalMoment(), lastStatus: try columns.optional(),
                lastError: try columns.optional())
        }
    }

    fileprivate func log(
        _ attempt: DeliveryAttempt, of message: Identifier<OutboxMessage>
    ) throws {
        try run(
            """
            INSERT INTO deliveryAttempt (message, number, eventAt, knownAt, status, error)
            SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?
            FROM deliveryAttempt WHERE message = ?
            """,
            [
                message.rawValue, attempt.sentAt.milliseconds, attempt.endedAt.milliseconds,
                attempt.status, attempt.error, message.rawValue,
            ])
    }

    fileprivate func settle(
        _ message: Identifier<OutboxMessage>, _ verdict: DeliveryVerdict,
        _ attempt: DeliveryAttempt
    ) throws -> OutboxMessage.State {
        let state: OutboxMessage.State
        var nextAttemptAt: Timestamp?
        switch verdict {
        case .delivered: state = .delivered
        case .failed: state = .failed
        case .destinationGone: state = .disabled
        case .retry(let moment): (state, nextAttemptAt) = (.pending, moment)
        }
        try run(
            """
            UPDATE outbox SET state = ?, attempts = attempts + 1,
                nextAttemptAt = coalesce(?, nextAttemptAt), settledAt = ?, lastStatus = ?,
                lastError = ?
            WHERE id = ? AND state = 'pending'
            """,
            [
                state.rawValue, nextAttemptAt?.milliseconds,
                state == .pending ? nil : attempt.endedAt.milliseconds, attempt.status,
                attempt.error, message.rawValue,
            ])
        return state
    }

    fileprivate func disableAll(for destination: String, at now: Timestamp) throws -> Int {
        try run(
            """
            UPDATE outbox SET state = 'disabled', settledAt = ?
            WHERE destination = ? AND state = 'pending'
            """, [now.milliseconds, destination])
        return changesCount
    }
}
