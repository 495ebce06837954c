package import EarshotDomain

/// What a server and a feed ask of those who poll them.
package struct PollHints: Hashable, Sendable {
    /// How long the answer counts as fresh, by `Cache-Control` or `Expires`.
    package var freshness: Duration?
    /// `ttl` of RSS, or the period of its Syndication module, the longer one.
    package var feedInterval: Duration?
    package var skipped: SkippedTimes

    package init(
        freshness: Duration? = nil, feedInterval: Duration? = nil,
        skipped: SkippedTimes = SkippedTimes()
    ) {
        self.freshness = freshness
        self.feedInterval = feedInterval
        self.skipped = skipped
    }

    /// - Parameter headers: by lower-case name.
    package init(headers: [String: String], feed: FeedInfo?, now: Timestamp) {
        freshness = Self.freshness(headers, now: now)
        let ttl = feed?.ttl.flatMap {
            (1...100_000).contains($0) ? Duration.minutes(Int64($0)) : nil
        }
        feedInterval = [ttl, feed?.updateInterval].compactMap { $0 }.max()
        skipped = feed?.skipped ?? SkippedTimes()
    }

    /// RFC 9111, section 4.2.1: `max-age` before `Expires` minus `Date`.
    private static func freshness(_ headers: [String: String], now: Timestamp) -> Duration? {
        for part in headers["cache-control"]?.lowercased().split(separator: ",") ?? [] {
            let pair = String(part).trimmedBlanks.split(separator: "=")
            guard pair.count == 2, pair[0] == "max-age" else { continue }
            return Int64(pair[1].filter { $0 != "\"" }).map { .seconds(max(0, min($0, 1 << 31))) }
        }
        guard let expires = headers["expires"].flatMap({ DateScanner.timestamp($0) }) else {
            return nil
        }
        let date = headers["date"].flatMap { DateScanner.timestamp($0) } ?? now
        return max(.zero, expires - date)
    }
}
