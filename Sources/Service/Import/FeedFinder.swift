package import EarshotDomain
import EarshotFeeds
package import EarshotTransport

/// A feed that was fetched and read.
package struct FoundFeed: Hashable, Sendable {
    /// Where it is to be polled: past what has moved for good.
    package let url: String
    package let title: String?
    package let format: String
    package let entries: Int
    /// As the feed claims.
    package let language: String?
    /// What its entries are, where the platform tells.
    package let kind: Source.Kind?
}

/// Finds the feeds of an address: asks the page, then tries each candidate and keeps those that
/// are feeds.
package struct FeedFinder: Sendable {
    /// One document; throws `TransportError`, or `CancellationError`.
    package typealias Network = @Sendable (FetchRequest) async throws -> FetchResponse

    package struct Report: Hashable, Sendable {
        /// What the page calls itself.
        package var title: String?
        /// Best first, none of them twice.
        package var feeds: [FoundFeed] = []
        /// Candidates that the page named and that are no feed, with the reason.
        package var refused: [String] = []
    }

    /// Candidates that are fetched of one page; chosen, one at a time and a second apart.
    private static let limit = 20
    /// Between the starts of two requests (research note on feeds, section 4).
    private static let pace = Duration.seconds(1)

    private let network: Network
    private let pause: @Sendable (Duration) async throws -> Void

    /// - Parameter pause: waits for that long.
    package init(
        network: @escaping Network,
        pause: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) {
        self.network = network
        self.pause = pause
    }

    /// The feeds at or behind `url`; throws where the page itself cannot be had.
    ///
    /// Well-known addresses are tried only where the page leads to no feed, and only until one is
    /// found.
    package func feeds(of url: String, onTry: (String) -> Void = { _ in }) async throws -> Report {
        var report = Report()
        let page = try await network(FetchRequest(url: url))
        if let feed = Self.feed(page, asked: url, kind: nil) {
            report.title = feed.title
            report.feeds = [feed]
            return report
        }
        let discovery = FeedDiscovery(page: page.body, FeedContext(page, mapping: nil))
        report.title = discovery.title
        var seen: Set<String> = []
        func take(_ candidate: FeedCandidate) async throws {
            onTry(candidate.url)
            try await pause(Self.pace)
            do {
                let response = try await network(FetchRequest(url: candidate.url))
                if let feed = Self.feed(response, asked: candidate.url, kind: candidate.kind) {
                    if seen.insert(feed.url).inserted { report.feeds.append(feed) }
                } else if candidate.origin != .guess {
                    report.refused.append("\(candidate.url) is no feed")
                }
            } catch let error as TransportError {
                if candidate.origin != .guess { report.refused.append("\(error)") }
            }
        }
        for candidate in discovery.candidates.prefix(Self.limit) { try await take(candidate) }
        for candidate in discovery.guesses.prefix(Self.limit) where report.feeds.isEmpty {
            try await take(candidate)
        }
        return report
    }

    private static func feed(
        _ response: FetchResponse, asked url: String, kind: Source.Kind?
    ) -> FoundFeed? {
        guard
            let document = try? FeedParser.parse(
                response.body, FeedContext(response, mapping: nil))
        else { return nil }
        return FoundFeed(
            url: response.movedTo ?? url, title: document.feed.title,
            format: document.format.rawValue, entries: document.entries.count,
            language: document.feed.language, kind: kind)
    }
}
