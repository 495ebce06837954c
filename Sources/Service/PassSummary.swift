import EarshotDomain
import EarshotStore

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
    /// Sources that were due and wait for a host that asked to be left alone.
    package var held = 0
    /// Sources whose newest poll failed, in the order of their keys, and why it did.
    package var lastFailures: [(source: String, reason: String)] {
        failed.sorted { $0.key < $1.key }.map { (source: $0.key, reason: $0.value) }
    }
    private var failed: [String: String] = [:]

    package init() {}

    mutating func count(_ polled: PolledSource, newEntries: Int, newMentions: Int) {
        polls += 1
        failures += polled.outcome == .failed ? 1 : 0
        failed[polled.source.key] = polled.failure
        entries += newEntries
        mentions += newMentions
    }
}
