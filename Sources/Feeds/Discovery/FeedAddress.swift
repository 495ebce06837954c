/// Tells from addresses and media types alone what is likely a feed.
enum FeedAddress {
    /// Media types that only feeds have.
    private static let types: Set<String> = [
        "application/rss+xml", "application/atom+xml", "application/feed+json",
        "application/rdf+xml", "application/x-rss+xml", "application/rss", "application/atom",
        "text/rss+xml", "text/atom+xml", "text/rss", "text/atom", "application/x.atom+xml",
        "application/x-atom+xml",
    ]

    /// Media types that feeds share with other documents.
    private static let sharedXML: Set<String> = ["application/xml", "text/xml"]

    private static let segments: Set<String> = [
        "feed", "feeds", "rss", "rss2", "atom", "rdf", "rss.xml", "rss2.xml", "atom.xml",
        "feed.xml", "feeds.xml", "index.rdf", "rss.php", "feed.php", "feed.json", "rssfeed",
    ]

    private static let endings = [".rss", ".atom", ".rdf", "/index.xml", "-rss.xml", "_rss.xml"]

    /// Whether a `link` of this type, its address as written, is one of a feed.
    static func isFeed(type: String, href: String) -> Bool {
        if types.contains(type) { return true }
        if sharedXML.contains(type) { return isLikely(href) }
        guard type == "application/json" else { return false }
        let href = href.lowercased()
        return !["/wp-json/", "rest_route=", "oembed"].contains { href.contains($0) }
    }

    /// Whether an address, as written, names a feed in so many words.
    static func isLikely(_ href: String) -> Bool {
        if unwrapped(href) != href { return true }
        let reference = URLReference(href)
        let path = reference.path.lowercased()
        let hasName = path.split(separator: "/").contains { segments.contains(String($0)) }
        if hasName || endings.contains(where: { path.hasSuffix($0) }) { return true }
        let pairs = (reference.query ?? "").lowercased().split(separator: "&")
        return pairs.contains { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, ["feed", "format", "type", "output"].contains(parts[0]) else {
                return false
            }
            return ["rss", "rss2", "atom", "feed", "rdf"].contains(parts[1])
        }
    }

    /// Whether it holds what readers answer instead of what the site writes.
    static func isOfComments(_ candidate: FeedCandidate) -> Bool {
        let path = URLReference(candidate.url).path.lowercased()
        if path.split(separator: "/").contains(where: { $0.hasPrefix("comment") }) { return true }
        let title = (candidate.title ?? "").lowercased()
        return ["comment", "kommentar", "comentario", "commenti", "комментар", "评论", "評論"]
            .contains { title.contains($0) }
    }

    /// `feed://HOST` and `feed:https://HOST` as what they mean.
    static func unwrapped(_ href: String) -> String {
        let lower = href.lowercased()
        if lower.hasPrefix("feed://") { return "http://" + href.dropFirst(7) }
        let isWrapped = lower.hasPrefix("feed:http://") || lower.hasPrefix("feed:https://")
        return isWrapped ? String(href.dropFirst(5)) : href
    }
}
