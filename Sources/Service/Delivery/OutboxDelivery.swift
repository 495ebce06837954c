package import EarshotDelivery
package import EarshotDomain
package import EarshotStore

/// What a round of deliveries came to, by message.
package struct DeliverySummary: Hashable, Sendable {
    package var delivered = 0
    /// To be tried again.
    package var delayed = 0
    package var failed = 0
    package var disabled = 0

    package init() {}

    package static func + (left: DeliverySummary, right: DeliverySummary) -> DeliverySummary {
        var sum = left
        sum.delivered += right.delivered
        sum.delayed += right.delayed
        sum.failed += right.failed
        sum.disabled += right.disabled
        return sum
    }

    fileprivate mutating func count(_ states: [OutboxMessage.State: Int]) {
        delivered += states[.delivered, default: 0]
        delayed += states[.pending, default: 0]
        failed += states[.failed, default: 0]
        disabled += states[.disabled, default: 0]
    }
}

/// Takes what is due from the outbox, sends it, and records what came of it.
///
/// At least once: a message is sent first and marked afterwards, so a process that ends in between
/// sends it again, under the same id. A destination gets its messages one by one, the oldest first,
/// due or not; the first failure ends its round and counts as a try of all that were due, so an
/// outage costs one connection a round, and no order is lost. Destinations do not wait for each
/// other.
package struct OutboxDelivery: Sendable {
    private let store: Store
    private let sender: WebhookSender
    private let destinations: [String: WebhookDestination]

    /// Messages that are read at a time. (Chosen: payloads are some kilobytes.)
    private static let pageSize = 100

    package init(store: Store, sender: WebhookSender, destinations: [WebhookDestination]) {
        self.store = store
        self.sender = sender
        self.destinations = Dictionary(
            destinations.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// When something is due next; absent while nothing waits.
    package func nextDue() async throws -> Timestamp? {
        try await store.nextDelivery(to: destinations.keys.sorted())
    }

    /// Delivers what is due by `now`; what is meant for a destination that nobody declares waits.
    package func round(now: Timestamp) async throws -> DeliverySummary {
        let due = try await store.destinations(dueBy: now).compactMap { destinations[$0] }
        return try await withThrowingTaskGroup(of: DeliverySummary.self) { group in
            for destination in due {
                group.addTask { try await deliver(to: destination, now: now) }
            }
            return try await group.reduce(DeliverySummary(), +)
        }
    }

    private func deliver(
        to destination: WebhookDestination, now: Timestamp
    ) async throws -> DeliverySummary {
        var summary = DeliverySummary()
        if try await store.end(of: destination.key, url: destination.url) != nil {
            summary.disabled = try await store.disableAll(for: destination.key, at: now)
            return summary
        }
        var last: Identifier<OutboxMessage>?
        while true {
            let page = try await store.pending(
                for: destination.key, after: last, limit: Self.pageSize)
            guard !page.isEmpty else { return summary }
            for message in page {
                last = message.id
                let attempt = try await sender.send(message.draft, to: destination)
                let holdsOthers = RetrySchedule.concernsDestination(attempt)
                let counts = try await store.record(
                    attempt, of: message, url: destination.url, heldBack: holdsOthers ? now : nil
                ) { RetrySchedule.verdict(on: $0, after: attempt) }
                summary.count(counts)
                if holdsOthers { return summary }
            }
        }
    }
}
