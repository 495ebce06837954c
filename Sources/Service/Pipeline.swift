package import EarshotDomain
import EarshotListening
import EarshotSentiment
package import EarshotStore

/// What a pass did.
package struct PassSummary: Hashable, Sendable {
    package var polls = 0
    package var failures = 0
    package var entries = 0
    package var mentions = 0
    /// Pieces of news: alerts opened, updated, resolved.
    package var alerts = 0
    /// Webhooks that were accepted.
    package var delivered = 0
    package var digests = 0
    /// Sources whose newest poll failed, in the order of their keys, and why it did.
    package var lastFailures: [(source: String, reason: String)] {
        failed.sorted { $0.key < $1.key }.map { (source: $0.key, reason: $0.value) }
    }
    private var failed: [String: String] = [:]
    private var polled: Set<String> = []

    package init() {}

    package static func + (left: PassSummary, right: PassSummary) -> PassSummary {
        var sum = left
        sum.polls += right.polls
        sum.failures += right.failures
        sum.entries += right.entries
        sum.mentions += right.mentions
        sum.alerts += right.alerts
        sum.delivered += right.delivered
        sum.digests += right.digests
        for source in right.polled {
            sum.polled.insert(source)
            sum.failed[source] = right.failed[source]
        }
        return sum
    }
}

/// Feeds become entries, entries become mentions of brands, mentions get a sentiment with reasons,
/// sentiments become trends, and trends become digests and alerts.
///
/// A pass takes what is due, fetches it all at once, and commits in the order of the due list: one
/// document is one transaction, so that a pass that ends anywhere goes on where it stopped.
package struct Pipeline {
    private let store: Store
    private let poller: Poller
    private var listener: Listener
    private var alerts: AlertDesk
    private var digests: DigestRound

    package init(
        store: Store, poller: Poller, configuration: Configuration, now: Timestamp
    ) async throws {
        self.store = store
        self.poller = poller
        listener = try await Listener(store: store, now: now)
        let webhooks = AlertWebhooks(configuration.destinations)
        alerts = try await AlertDesk(store: store, now: now) { webhooks.drafts(for: $0) }
        digests = DigestRound(store: store, readers: configuration.readers)
    }

    /// Polls everything that is due at `now`, and makes the digests that are.
    package mutating func pass(now: Timestamp) async throws -> PassSummary {
        var summary = PassSummary()
        var touched: Set<Identifier<Brand>> = []
        let due = try await store.sources(dueBy: now)
        try await poller.poll(due, now: now) { polled in
            let unknown = try await store.unknownDrafts(polled.drafts, of: polled.source.id)
            let drafts = listener.mentions(
                in: polled.drafts, at: unknown, of: polled.source.kind, now: now)
            let recorded = try await store.record(
                polled.record(drafts, unknown: unknown, at: now), knownAt: now)
            listener.learn(recorded)
            touched.formUnion(recorded.entries.flatMap(\.mentions).map(\.brand))
            summary.count(polled, recorded)
        }
        summary.alerts = try await alerts.tick(brands: touched.sorted(), now: now).count
        summary.digests = try await digests.keepDue(at: now)
        return summary
    }

    /// Pass after pass, from the first due moment to `end`, on the clock of what is due.
    package mutating func replay(
        until end: Timestamp, setting clock: ReplayClock, onPass: (Timestamp) async throws -> Void
    ) async throws -> PassSummary {
        var summary = PassSummary()
        while let due = try await store.nextDue(), due <= end {
            let now = max(due, clock.now)
            clock.set(now)
            summary = summary + (try await pass(now: now))
            try await onPass(now)
        }
        summary.alerts += try await alerts.tick(now: end).count
        summary.digests += try await digests.keepDue(at: end)
        return summary
    }
}

extension PassSummary {
    fileprivate mutating func count(_ polled: PolledSource, _ recorded: RecordedPoll) {
        polls += 1
        failures += polled.outcome == .failed ? 1 : 0
        self.polled.insert(polled.source.key)
        failed[polled.source.key] = polled.failure
        entries += recorded.entries.count
        mentions += recorded.entries.reduce(0) { $0 + $1.mentions.count }
    }
}
