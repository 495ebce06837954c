package import EarshotDomain
import EarshotFeeds
import EarshotListening
import EarshotSentiment
package import EarshotStore

/// Feeds become entries, entries become mentions of brands, mentions get a sentiment with reasons,
/// sentiments become trends, and trends become digests and alerts.
///
/// What is due is fetched at the pace of its hosts and committed in the order in which it started:
/// one document is one transaction, so that a pass that ends anywhere goes on where it stopped.
package struct Pipeline {
    private let store: Store
    private let poller: Poller
    private let log: PassLog
    private var listener: Listener
    private var alerts: AlertDesk
    private var digests: DigestRound
    /// Brands of documents that are in since the last tick.
    private var touched: Set<Identifier<Brand>> = []
    /// When the store's last poll became known.
    private let knownAt: Timestamp?
    private var summary = PassSummary()

    package init(
        store: Store, poller: Poller, configuration: Configuration, now: Timestamp,
        log: PassLog = PassLog()
    ) async throws {
        self.store = store
        self.poller = poller
        self.log = log
        listener = try await Listener(store: store, now: now)
        let webhooks = AlertWebhooks(configuration.destinations)
        alerts = try await AlertDesk(store: store, now: now) { webhooks.drafts(for: $0) }
        digests = DigestRound(store: store, readers: configuration.readers)
        knownAt = try await store.lastPoll()
    }

    /// Polls everything that is due now, each source once; what waits for a paused host is left.
    package mutating func pass(
        on clock: PassClock, stop: StopSignal? = nil
    ) async throws -> PassSummary {
        let start = max(clock.now, knownAt ?? clock.now)
        var queue = try await queue(at: start, dueBy: start)
        return try await poll(
            &queue, on: clock, during: Poller.Span(start: start), stop: stop, isServing: false
        ) { _ in nil }
    }

    /// Polls every source whenever it is due, until `end` on a recording's clock, or until `stop`.
    ///
    /// - Parameter onSettled: is called whenever all that came is looked at, and every five minutes
    ///   on a clock that goes by itself; tells when it wants to be called again.
    package mutating func follow(
        on clock: PassClock, until end: Timestamp? = nil, stop: StopSignal? = nil,
        onSettled: (Timestamp) async throws -> Timestamp?
    ) async throws -> PassSummary {
        let start = max(clock.now, knownAt ?? clock.now)
        var queue = try await queue(at: start, dueBy: nil)
        return try await poll(
            &queue, on: clock, during: Poller.Span(start: start, end: end), stop: stop,
            isServing: end == nil, onSettled: onSettled)
    }

    /// What there is still to tell at the end.
    package mutating func finish(
        _ summary: PassSummary, at end: Timestamp
    ) async throws -> PassSummary {
        self.summary = summary
        _ = try await settle(at: max(end, knownAt ?? end))
        return self.summary
    }

    private func queue(at now: Timestamp, dueBy end: Timestamp?) async throws -> PollQueue {
        try await hurry(at: now)
        return PollQueue(
            try await store.schedule(), pauses: try await store.pauses(after: now),
            inFlight: poller.inFlight, at: now, dueBy: end)
    }

    private mutating func poll(
        _ queue: inout PollQueue, on clock: PassClock, during span: Poller.Span,
        stop: StopSignal?, isServing: Bool, onSettled: (Timestamp) async throws -> Timestamp?
    ) async throws -> PassSummary {
        summary = PassSummary()
        var span = span
        span.isUnsettled = isServing
        if span.start == knownAt {
            // What was committed then may not have been looked at.
            touched = Set(try await store.brands().map(\.id))
            span.isUnsettled = true
        }
        try await poller.poll(&queue, on: clock, during: span, stop: stop) { [store] in
            try await store.unknownDrafts($0, of: $1)
        } commit: { polled, now in
            try await commit(polled, at: now)
        } settle: { now in
            let rescheduled = try await settle(at: now)
            let wish = try await onSettled(now)
            let moments = [now + AlertDesk.step, wish, digests.nextDue(after: now)]
            return Poller.Settled(
                rescheduled: rescheduled,
                wake: isServing ? moments.compactMap { $0 }.min() : nil)
        }
        summary.held = queue.held
        return summary
    }

    /// One document: its entries, their mentions and what is known of its source, in one
    /// transaction.
    private mutating func commit(
        _ polled: PolledSource, at now: Timestamp
    ) async throws -> SourceState {
        let source = polled.source
        let unknown = try await store.unknownDrafts(polled.drafts, of: source.id)
        let drafts = listener.mentions(in: polled.drafts, at: unknown, of: source.kind, now: now)
        let isAlerting = try await store.isAlerting(
            source.id, since: now - PollSchedule.speaksFor)
        let record = polled.record(drafts, unknown: unknown, isAlerting: isAlerting, at: now)
        let recorded = try await store.record(record, knownAt: now)
        listener.learn(recorded)
        let mentions = recorded.entries.flatMap(\.mentions)
        touched.formUnion(mentions.map(\.brand))
        summary.count(
            polled, newEntries: recorded.entries.count, newMentions: mentions.count)
        log.polled(source, record, newEntries: recorded.entries.count, mentions: mentions.count)
        return record.state
    }

    /// Trends of what is in: ticks of the brands that it touched, and the digests that are due.
    ///
    /// - Returns: sources that are due at another time because of it.
    private mutating func settle(at now: Timestamp) async throws -> [SourceRecord] {
        let news = try await alerts.tick(brands: touched.sorted(), now: now)
        let made = try await digests.keepDue(at: now)
        summary.alerts += news.count
        summary.digests += made
        log.settled(news: news, digests: made)
        guard !news.isEmpty || !touched.isEmpty else { return [] }
        touched = []
        return try await hurry(at: now)
    }

    /// Sources of brands with an open alert are asked more often.
    @discardableResult
    private func hurry(at now: Timestamp) async throws -> [SourceRecord] {
        let records = try await store.sourcesOfOpenAlerts(since: now - PollSchedule.speaksFor)
            .compactMap { record -> SourceRecord? in
                guard let state = PollSchedule.hurried(record.state, now: now) else { return nil }
                var record = record
                record.state = state
                return record
            }
        try await store.reschedule(records)
        return records
    }
}
