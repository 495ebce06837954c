extension Preset {
    /// News articles of the world, without their text (blog.gdeltproject.org, DOC 2.0 API).
    ///
    /// One page of 250 at most; `timespan` keeps it there.
    static let gdelt = """
        {
            "about": "News articles that GDELT has seen",
            "request": {
                "url": "https://api.gdeltproject.org/api/v2/doc/doc?query={query}",
                "query": {
                    "mode": "artlist", "format": "json", "sort": "datedesc",
                    "maxrecords": "250", "timespan": "{timespan}"
                },
                "defaults": {"timespan": "1d"},
                "pace": "5s"
            },
            "items": "$.articles[*]",
            "fields": {
                "id": "$.url",
                "url": "$.url",
                "title": "$.title",
                "author.name": "$.domain",
                "published": "$.seendate",
                "lang": "language($.language)",
                "tags": "$.sourcecountry"
            },
            "limits": {"requests": 1, "per": "5s"}
        }
        """
}
