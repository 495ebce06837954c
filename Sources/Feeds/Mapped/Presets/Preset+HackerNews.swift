extension Preset {
    /// Stories and comments, newest first (hn.algolia.com/api).
    ///
    /// A query gives some 1,000 hits at most: each poll asks from the last entry on, and for what
    /// is older than the tenth page by another query. The rate is a figure of its community.
    static let hackernews = """
        {
            "about": "Stories and comments of Hacker News that a search finds",
            "request": {
                "url": "https://{host}/api/v1/search_by_date?query={query}",
                "query": {
                    "tags": "{tags}",
                    "numericFilters": "created_at_i>{since.epoch}{',created_at_i<'until.epoch}",
                    "hitsPerPage": "100",
                    "page": "{page}"
                },
                "defaults": {"host": "hn.algolia.com", "tags": "(story,comment)"},
                "pace": "1s"
            },
            "items": "$.hits[*]",
            "fields": {
                "id": "$.objectID",
                "url": "template('https://news.ycombinator.com/item?id={$.objectID}')",
                "title": ["$.title", "$.story_title"],
                "html": ["$.comment_text", "$.story_text"],
                "author.name": "$.author",
                "author.id": "$.author",
                "published": ["epoch($.created_at_i)", "$.created_at"],
                "parent": "$.parent_id",
                "likes": "$.points",
                "replies": "$.num_comments",
                "score": "$.points"
            },
            "next": {"page": {"first": 0, "last": 9, "full": 100}},
            "stop": {"pages": 10},
            "limits": {"requests": 10000, "per": "1h"}
        }
        """
}
