extension Preset {
    /// What an OAuth client sees of a search (reddit.com/dev/api: Listing; archived wiki of
    /// reddit-archive: JSON, API rules).
    ///
    /// Without a token, `/r/NAME/new/.rss` and
    /// `/search.rss?q=…&sort=new` are plain feeds and need no mapping.
    static let reddit = """
        {
            "about": "Posts of Reddit that a search finds, by OAuth",
            "request": {
                "url": "https://{host}/search?q={query}&sort=new&type=link",
                "query": {"limit": "100", "raw_json": "1", "after": "{cursor}"},
                "headers": {"authorization": "Bearer {token}"},
                "defaults": {"host": "oauth.reddit.com"},
                "pace": "1s"
            },
            "items": "$.data.children[*]",
            "fields": {
                "id": ["$.data.name", "$.data.id"],
                "url": "template('https://www.reddit.com{$.data.permalink}')",
                "title": ["$.data.title", "$.data.link_title"],
                "text": ["$.data.selftext", "$.data.body"],
                "author.name": "$.data.author",
                "author.id": "$.data.author",
                "published": "epoch($.data.created_utc)",
                "updated": "epoch($.data.edited)",
                "parent": "$.data.parent_id",
                "tags": "$.data.subreddit",
                "likes": "$.data.ups",
                "replies": "$.data.num_comments",
                "score": "$.data.score",
                "deleted": [
                    "$.data.removed_by_category",
                    "is($.data.author, '[deleted]')",
                    "is($.data.selftext, '[deleted]', '[removed]')",
                    "is($.data.body, '[deleted]', '[removed]')"
                ]
            },
            "next": {"path": "$.data.after"},
            "stop": {"pages": 5},
            "limits": {
                "requests": 60, "per": "1m",
                "remaining": "x-ratelimit-remaining", "reset": "x-ratelimit-reset"
            }
        }
        """
}
