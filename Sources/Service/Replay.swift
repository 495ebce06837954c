package import EarshotDomain
package import EarshotStore
package import EarshotTransport
import Foundation

/// Passes over what is due, from the network or from a recording of it.
package struct Replay {
    private let configuration: Configuration
    private let recording: String?

    /// - Parameter recording: folder of a recording (its form stands above `Recording`) that is
    ///   served on loopback in place of the network; absent for the network itself.
    package init(configuration: Configuration, recording: String?) {
        self.configuration = configuration
        self.recording = recording
    }

    /// Runs pass after pass from `start` to `end`, without waiting in between.
    package func run(
        _ store: Store, from start: Timestamp, until end: Timestamp,
        onPass: @Sendable (Timestamp) -> Void
    ) async throws -> PassSummary {
        let clock = ReplayClock(start)
        guard let recording else {
            return try await passes(store, clock: clock, until: end, routes: [], onPass)
        }
        let server = try RecordingServer(root: URL(filePath: recording), clock: clock)
        return try await server.run { port in
            let routes = try await store.sources().compactMap { record in
                URL(string: record.source.url)?.host().map { "\($0):80:127.0.0.1:\(port)" }
            }
            return try await passes(store, clock: clock, until: end, routes: routes, onPass)
        }
    }

    private func passes(
        _ store: Store, clock: ReplayClock, until end: Timestamp, routes: [String],
        _ onPass: @Sendable (Timestamp) -> Void
    ) async throws -> PassSummary {
        let engine = FetchEngine(configuration.fetch.engine(connectTo: routes))
        let poller = Poller(engine: engine, inFlight: configuration.fetch.inFlight)
        do {
            var pipeline = try await Pipeline(
                store: store, poller: poller, readers: configuration.readers, now: clock.now)
            let summary = try await pipeline.replay(until: end, setting: clock, onPass: onPass)
            await engine.shutdown()
            return summary
        } catch {
            await engine.shutdown()
            throw error
        }
    }
}

extension Configuration.Fetch {
    /// How the engine fetches; `connectTo` are its routes.
    package func engine(connectTo: [String] = []) -> FetchConfiguration {
        var engine = FetchConfiguration(userAgent: userAgent)
        engine.totalTimeout = timeout
        engine.maxBodyBytes = maxBody
        engine.maxConnections = inFlight
        engine.allow = allow
        engine.connectTo = connectTo
        return engine
    }
}
