import EarshotDomain

/// The platforms whose feeds Earshot knows where to find.
enum PlatformRules {
    /// Feeds that a page of this address has for certain.
    static func candidates(for address: URLReference) -> [FeedCandidate] {
        guard let host = plainHost(of: address) else { return [] }
        let rule = known.lazy.filter { $0.isFor(host: host) }
            .map { (rule: $0, feeds: $0.feeds(of: address, site: site(of: address))) }
            .first { !$0.feeds.isEmpty }
        return rule.map { found in
            found.feeds.map {
                FeedCandidate(url: $0, origin: .platform, kind: found.rule.kind)
            }
        } ?? []
    }

    /// Feeds that it has if its host runs one of the programs that many hosts run, then those that
    /// most programs have, in the page's folder and at the root.
    static func guesses(for address: URLReference, generator: String?) -> [FeedCandidate] {
        guard plainHost(of: address) != nil else { return [] }
        let site = site(of: address)
        var guesses = programs.flatMap { rule in
            rule.feeds(of: address, site: site).map {
                FeedCandidate(url: $0, origin: .guess, kind: rule.kind)
            }
        }
        if generator?.lowercased().hasPrefix("discourse") == true {
            guesses.append(FeedCandidate(url: site + "/latest.rss", origin: .guess, kind: .social))
        }
        var folder = address.path[...]
        while let last = folder.last, last != "/" { folder.removeLast() }
        for base in Set([String(folder.isEmpty ? "/" : folder), "/"]).sorted(by: { $0 > $1 }) {
            guesses += paths.map { FeedCandidate(url: site + base + $0, origin: .guess) }
        }
        return guesses
    }

    private static func plainHost(of address: URLReference) -> String? {
        guard address.scheme == "http" || address.scheme == "https" else { return nil }
        guard let host = address.host else { return nil }
        for prefix in ["www.", "m."] where host.hasPrefix(prefix) {
            return String(host.dropFirst(prefix.count))
        }
        return host
    }

    private static func site(of address: URLReference) -> String {
        "\(address.scheme ?? "https")://\(address.authority ?? "")"
    }

    /// Where most sites have it (research note on feeds, section 4).
    private static let paths = [
        "feed/", "rss", "atom.xml", "feed.xml", "index.xml", "rss.xml", "feed.json",
    ]

    private static let youTubeFeed = "https://www.youtube.com/feeds/videos.xml"
    private static let gitHubPages: Set<String> = [
        "about", "apps", "collections", "contact", "customer-stories", "enterprise", "events",
        "explore", "features", "issues", "join", "login", "marketplace", "new", "notifications",
        "orgs", "organizations", "pricing", "pulls", "search", "security", "settings", "site",
        "sponsors", "stars", "team", "topics", "trending", "users",
    ]

    /// The first rule that is for a page counts.
    private static let known: [PlatformRule] = [
        PlatformRule(
            ["youtube.com"], "/channel/{id}/*", [youTubeFeed + "?channel_id={id}"], .social),
        PlatformRule(
            ["youtube.com"], "/playlist?list={id}", [youTubeFeed + "?playlist_id={id}"], .social),
        PlatformRule(["youtube.com"], "/user/{name}/*", [youTubeFeed + "?user={name}"], .social),
        PlatformRule(
            ["github.com"], "/{owner}/{repository}/commits/{branch}/*",
            ["https://github.com/{owner}/{repository}/commits/{branch}.atom"], .news),
        PlatformRule(
            ["github.com"], "/{owner}/{repository}/commits",
            ["https://github.com/{owner}/{repository}/commits.atom"], .news),
        PlatformRule(
            ["github.com"], "/{owner}/{repository}/tags",
            ["https://github.com/{owner}/{repository}/tags.atom"], .news),
        PlatformRule(
            ["github.com"], "/{owner}/{repository}/*",
            [
                "https://github.com/{owner}/{repository}/releases.atom",
                "https://github.com/{owner}/{repository}/commits.atom",
            ], .news, reserved: gitHubPages),
        PlatformRule(
            ["github.com"], "/{owner}", ["https://github.com/{owner}.atom"], .news,
            reserved: gitHubPages),
        PlatformRule(
            ["reddit.com", "old.reddit.com", "new.reddit.com"],
            "/r/{community}/comments/{post}/*",
            ["https://www.reddit.com/r/{community}/comments/{post}/.rss"], .social),
        PlatformRule(
            ["reddit.com", "old.reddit.com", "new.reddit.com"], "/r/{community}/*",
            ["https://www.reddit.com/r/{community}/new/.rss"], .social),
        PlatformRule(
            ["reddit.com", "old.reddit.com", "new.reddit.com"], "/user/{name}/*",
            ["https://www.reddit.com/user/{name}/.rss"], .social),
        PlatformRule(
            ["reddit.com", "old.reddit.com", "new.reddit.com"], "/u/{name}/*",
            ["https://www.reddit.com/user/{name}/.rss"], .social),
        PlatformRule(
            ["apps.apple.com", "itunes.apple.com"], "/{country}/app/{name}/id{app}",
            [appStoreFeed], .review),
        PlatformRule(
            ["apps.apple.com", "itunes.apple.com"], "/{country}/app/id{app}", [appStoreFeed],
            .review),
        PlatformRule(
            ["bsky.app"], "/profile/{handle}", ["https://bsky.app/profile/{handle}/rss"], .social),
        PlatformRule(["medium.com"], "/@{user}/*", ["https://medium.com/feed/@{user}"], .news),
        PlatformRule(["*.substack.com"], "/*", ["{site}/feed"], .news),
        PlatformRule(["*.tumblr.com"], "/*", ["{site}/rss"], .social),
        PlatformRule(["*.blogspot.com"], "/*", ["{site}/feeds/posts/default"], .news),
        PlatformRule(
            ["stackoverflow.com", "*.stackexchange.com"], "/questions/tagged/{tag}",
            ["{site}/feeds/tag/{tag}"], .social),
    ]

    /// Apple's customer reviews, newest first (undocumented; research note on feeds, section 4).
    private static let appStoreFeed =
        "https://itunes.apple.com/{country}/rss/customerreviews/id={app}/sortby=mostRecent/"
        + "page=1/xml"

    /// Programs that run on many hosts: Mastodon, Lemmy, Discourse.
    private static let programs: [PlatformRule] = [
        PlatformRule([], "/@{user}", ["{site}/@{user}.rss"], .social),
        PlatformRule([], "/tags/{tag}", ["{site}/tags/{tag}.rss"], .social),
        PlatformRule([], "/c/{name}", ["{site}/feeds/c/{name}.xml?sort=New"], .social),
        PlatformRule([], "/u/{name}", ["{site}/feeds/u/{name}.xml?sort=New"], .social),
        PlatformRule([], "/c/{category}/{id}", ["{site}/c/{category}/{id}.rss"], .social),
        PlatformRule(
            [], "/c/{parent}/{category}/{id}", ["{site}/c/{parent}/{category}/{id}.rss"], .social),
        PlatformRule([], "/t/{slug}/{id}", ["{site}/t/{slug}/{id}.rss"], .social),
        PlatformRule([], "/tag/{tag}", ["{site}/tag/{tag}.rss"], .social),
    ]
}
