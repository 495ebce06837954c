package import EarshotDomain
import EarshotFeeds
package import EarshotStore
package import EarshotTransport

/// Fetches sources now, at the pace of their hosts, to see whether they answer; stores nothing.
package struct SourceCheck: Sendable {
    /// What came of one.
    package struct Finding: Sendable {
        package let record: SourceRecord
        package let polled: PolledSource
        /// What a poll with this answer would leave behind.
        package let next: SourceState
    }

    private let engine: FetchEngine
    private let inFlight: Int
    private let mappings: SourceMappings

    package init(
        engine: FetchEngine, inFlight: Int, mappings: SourceMappings = SourceMappings()
    ) {
        self.engine = engine
        self.mappings = mappings
        self.inFlight = inFlight
    }

    /// Checks what no host's pause keeps waiting, each document as if it had never been seen.
    ///
    /// - Parameter onFinding: is called as each is known, in the order in which they started.
    package func run(
        _ records: [SourceRecord], of all: [SourceRecord], pauses: [HostPause],
        on clock: PassClock, onFinding: (Finding) async throws -> Void
    ) async throws {
        let now = clock.now
        let wanted = Set(records.map(\.source.id))
        let due = all.map { record in
            var record = record
            record.state.etag = nil
            record.state.lastModified = nil
            record.state.bodyHash = nil
            record.state.mark = nil
            record.state.nextDue = wanted.contains(record.source.id) ? now : PollSchedule.never
            return record
        }
        let known = Dictionary(
            due.map { ($0.source.id, $0) }, uniquingKeysWith: { first, _ in first })
        var queue = PollQueue(due, pauses: pauses, inFlight: inFlight, at: now, dueBy: now)
        let poller = Poller(engine: engine, inFlight: inFlight, mappings: mappings)
        try await poller.poll(
            &queue, on: clock, during: Poller.Span(start: now), stop: nil,
            unknown: { drafts, _ in Array(drafts.indices) }
        ) { polled, moment in
            let drafts = polled.drafts.map { DraftRecord(entry: $0) }
            let record = polled.record(
                drafts, unknown: Array(drafts.indices), isAlerting: false, at: moment)
            if let source = known[polled.source.id] {
                try await onFinding(
                    Finding(record: source, polled: polled, next: record.state))
            }
            return record.state
        } settle: { _ in
            Poller.Settled()
        }
    }
}
