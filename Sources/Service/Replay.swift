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

    /// One pass over what is due at `start`.
    package func pass(
        _ store: Store, at start: Timestamp, stop: StopSignal? = nil
    ) async throws -> PassSummary {
        guard recording != nil else {
            return try await passes(store, routes: []) { engine in
                try await pass(store, on: .wall(from: start), engine: engine, stop: stop)
            }
        }
        let clock = ReplayClock(start)
        return try await withRecording(of: store, clock: clock) { routes in
            try await passes(store, routes: routes) { engine in
                try await pass(store, on: .replay(clock), engine: engine, stop: stop)
            }
        }
    }

    /// Polls whatever is due from `start` to `end`, without waiting in between.
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
        try await withRecording(of: store, clock: clock) { routes in
            try await passes(store, routes: routes) { engine in
                try await replay(
                    store, on: clock, until: end, engine: engine, onPass: onPass)
            }
        }
    }

    /// Serves the recording, if there is one, and hands over the routes to it.
    private func withRecording<Result: Sendable>(
        of store: Store, clock: ReplayClock, _ body: ([String]) async throws -> Result
    ) async throws -> Result {
        guard let recording else { return try await body([]) }
        let server = try RecordingServer(root: URL(filePath: recording), clock: clock)
        return try await server.run { port in
            try await body(
                try await store.sources().compactMap { record in
                    URL(string: record.address)?.host().map { "\($0):80:127.0.0.1:\(port)" }
                })
        }
    }

    private func passes(
        _ store: Store, routes: [String],
        _ body: (FetchEngine) async throws -> PassSummary
    ) async throws -> PassSummary {
        var settings = configuration.fetch.engine(connectTo: self.routes + routes)
        if recording == nil { settings.pace = Poller.hopRules }
        let engine = FetchEngine(settings)
        do {
            let summary = try await body(engine)
            await engine.shutdown()
            return summary
        } catch {
            await engine.shutdown()
            throw error
        }
    }

    private func pass(
        _ store: Store, on clock: PassClock, engine: FetchEngine, stop: StopSignal?
    ) async throws -> PassSummary {
        var pipeline = try await pipeline(store, engine, now: clock.now)
        var summary = try await pipeline.pass(on: clock, stop: stop)
        summary = try await pipeline.finish(summary, at: clock.now)
        summary.delivered = try await delivery(store, engine) { clock.now }
            .round(now: clock.now).delivered
        return summary
    }

    /// What an alert has to deliver goes out once what made it is settled.
    private func replay(
        _ store: Store, on clock: ReplayClock, until end: Timestamp, engine: FetchEngine,
        onPass: @Sendable (Timestamp) -> Void
    ) async throws -> PassSummary {
        let delivery = delivery(store, engine) { clock.now }
        var pipeline = try await pipeline(store, engine, now: clock.now)
        var delivered = 0
        var summary = try await pipeline.follow(on: .replay(clock), until: end) { now in
            delivered += try await delivery.round(now: now).delivered
            onPass(now)
            return nil
        }
        summary = try await pipeline.finish(summary, at: end)
        clock.set(end)
        summary.delivered = try await delivered + delivery.round(now: end).delivered
        return summary
    }

    private func pipeline(
        _ store: Store, _ engine: FetchEngine, now: Timestamp
    ) async throws -> Pipeline {
        try await Pipeline(
            store: store,
            poller: Poller(
                engine: engine, inFlight: configuration.fetch.inFlight,
                mappings: configuration.sourceMappings),
            configuration: configuration, now: now)
    }

    private func delivery(
        _ store: Store, _ engine: FetchEngine, clock: @escaping @Sendable () -> Timestamp
    ) -> OutboxDelivery {
        OutboxDelivery(
            store: store, sender: WebhookSender(engine: engine, clock: clock),
            destinations: destinations)
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
