extension Preset {
    /// Posts that a search finds, newest first (docs.bsky.app: app.bsky.feed.searchPosts, lexicon
    /// app.bsky.feed.defs#postView, rate limits).
    ///
    /// `host` is the public view; with a login it is the user's own server, which wants `token`.
    static let bluesky = """
        {
            "about": "Posts of Bluesky that a search finds",
            "request": {
                "url": "https://{host}/xrpc/app.bsky.feed.searchPosts?q={query}&sort=latest",
                "query": {
                    "limit": "100", "lang": "{lang}", "since": "{since}", "cursor": "{cursor}"
                },
                "headers": {"authorization": "Bearer {token}"},
                "defaults": {"host": "public.api.bsky.app"},
                "pace": "1s"
            },
            "items": "$.posts[*]",
            "fields": {
                "id": ["$.uri", "$.cid"],
                "url": "template('https://bsky.app/profile/{$.author.did}/post/{last($.uri, '/')}')",
                "text": "$.record.text",
                "author.name": ["$.author.displayName", "$.author.handle"],
                "author.id": ["$.author.handle", "$.author.did"],
                "author.url": "template('https://bsky.app/profile/{$.author.did}')",
                "published": ["$.record.createdAt", "$.indexedAt"],
                "lang": "$.record.langs[0]",
                "parent": "$.record.reply.parent.uri",
                "tags": "$.record.tags[*]",
                "likes": "$.likeCount",
                "reposts": "$.repostCount",
                "replies": "$.replyCount"
            },
            "next": {"path": "$.cursor"},
            "stop": {"pages": 5},
            "limits": {
                "requests": 3000, "per": "5m",
                "remaining": "ratelimit-remaining", "reset": "ratelimit-reset"
            }
        }
        """
}
