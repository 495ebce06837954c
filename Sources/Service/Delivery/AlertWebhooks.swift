import EarshotDelivery
package import EarshotDomain

/// What is to be delivered of an alert's news: a webhook for each destination of its brand.
package struct AlertWebhooks: Sendable {
    private let destinations: [Configuration.Destination]

    package init(_ destinations: [Configuration.Destination]) {
        self.destinations = destinations
    }

    /// The same drafts, to the byte, for the same news.
    package func drafts(for news: AlertNews) -> [OutboxDraft] {
        let concerned = destinations.filter { $0.brands.contains(news.brand.key) }
        guard !concerned.isEmpty else { return [] }
        return AlertPayload(brand: news.brand, openedAt: news.openedAt, event: news.event)
            .drafts(for: concerned.map(\.key))
    }
}
