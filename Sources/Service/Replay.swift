package import EarshotDelivery
package import EarshotDomain
package import EarshotStore
package import EarshotTransport
import Foundation

/// Passes over what is due, from the network or from a recording of it.
package struct Replay {
    private let configuration: Configuration
    private let recording: String?
    private let destinations: [WebhookDestination]
    private let routes: [String]

    /// - Parameters:
    ///   - recording: folder of a recording (its form stands above `Recording`) that is served on
    ///     loopback in place of the network; absent for the network itself.
    ///   - destinations: where alerts are delivered to, with their secrets.
    ///   - routes: further ones, in the form of `FetchConfiguration.connectTo`.
    package init(
        configuration: Configuration, recording: String?, destinations: [WebhookDestination],
        routes: [String] = []
    ) {
        self.configuration = configuration
        self.recording = recording
        self.destinations = destinations
        self.routes = routes
    }

    /// Runs pass after pass from `start` to `end`, without waiting in between.
    package func run(
        _ store: Store, from start: Timestamp, until end: Timestamp,
        onPass: @Sendable (Timestamp) -> Void
    ) async throws -> PassSummary {
        try await run(store, on: ReplayClock(start), until: end, onPass: onPass)
    }

    /// The same, from the time that `clock` shows, which others may read.
    package func run(
        _ store: Store, on clock: ReplayClock, until end: Timestamp,
        onPass: @Sendable (Timestamp) -> Void
    ) async throws -> PassSummary {
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

    /// Pass after pass; what an alert has to deliver goes out after the pass that made it.
    private func passes(
        _ store: Store, clock: ReplayClock, until end: Timestamp, routes: [String],
        _ onPass: @Sendable (Timestamp) -> Void
    ) async throws -> PassSummary {
        let engine = FetchEngine(configuration.fetch.engine(connectTo: self.routes + routes))
        let poller = Poller(engine: engine, inFlight: configuration.fetch.inFlight)
        let delivery = OutboxDelivery(
            store: store, sender: WebhookSender(engine: engine) { clock.now },
            destinations: destinations)
        do {
            var pipeline = try await Pipeline(
                store: store, poller: poller, configuration: configuration, now: clock.now)
            var delivered = 0
            var summary = try await pipeline.replay(until: end, setting: clock) { now in
                delivered += try await delivery.round(now: now).delivered
                onPass(now)
            }
            clock.set(end)
            delivered += try await delivery.round(now: end).delivered
            summary.delivered = delivered
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
