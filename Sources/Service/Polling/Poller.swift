package import EarshotDomain
import EarshotFeeds
package import EarshotStore
package import EarshotTransport

/// Fetches and reads sources, many at once, and hands the results over one by one in order.
package struct Poller: Sendable {
    private let engine: FetchEngine
    private let inFlight: Int

    /// - Parameter inFlight: polls at a time, at least 1.
    package init(engine: FetchEngine, inFlight: Int) {
        self.engine = engine
        self.inFlight = max(1, inFlight)
    }

    /// Polls `due` and gives each result to `commit`, in the order of `due` whatever the order of
    /// arrival; what has arrived early waits.
    package func poll(
        _ due: [SourceRecord], now: Timestamp,
        commit: (PolledSource) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, PolledSource).self) { group in
            var waiting: [Int: PolledSource] = [:]
            var started = 0
            var committed = 0
            func start() {
                guard started < due.count else { return }
                let (index, record) = (started, due[started])
                group.addTask { (index, try await polled(record, now: now)) }
                started += 1
            }
            for _ in 0..<inFlight { start() }
            while let (index, polled) = try await group.next() {
                waiting[index] = polled
                start()
                while let next = waiting.removeValue(forKey: committed) {
                    try await commit(next)
                    committed += 1
                }
            }
        }
    }

    private func polled(_ record: SourceRecord, now: Timestamp) async throws -> PolledSource {
        let (source, state) = (record.source, record.state)
        do {
            let response = try await engine.fetch(
                FetchRequest(
                    url: source.url, etag: state.etag, lastModified: state.lastModified))
            return PolledSource(source, before: state, response: response, now: now)
        } catch let error as TransportError {
            return PolledSource(source, before: state, error: error, now: now)
        }
    }
}
