package import EarshotDomain
package import EarshotStore

/// What a configuration declares, on its way into the store.
package struct Declared: Sendable {
    private let configuration: Configuration

    package init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// Makes the store's sources and brands those that are declared; what is no longer declared
    /// retires with its history.
    package func synchronise(_ store: Store, now: Timestamp) async throws {
        _ = try await store.synchronise(sources: configuration.sources, now: now)
        _ = try await store.synchronise(brands: configuration.brands, now: now)
    }
}
