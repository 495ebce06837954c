extension Preset {
    /// Feeds of Google News, Google Alerts, Bing News and RSSHub: plain RSS or Atom, whose links
    /// lead through a counter and whose ids change, so that an entry is known by where it leads.
    static let newsSearch = """
        {
            "about": "A news search as a feed, its links unwrapped",
            "format": "feed",
            "request": {
                "url": "https://news.google.com/rss/search?q={query}",
                "query": {"hl": "{lang}", "gl": "{country}", "ceid": "{edition}"},
                "pace": "10s"
            },
            "fields": {
                "id": "unwrap($.url)",
                "url": "unwrap($.url)",
                "author.name": ["$.source.title", "$.author.name"]
            }
        }
        """
}
