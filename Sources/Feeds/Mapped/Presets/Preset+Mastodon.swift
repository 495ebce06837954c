extension Preset {
    /// Statuses of a hashtag, per instance (docs.joinmastodon.org: methods/timelines#tag, entities
    /// Status, api/rate-limits).
    ///
    /// Previews need a token on some instances.
    static let mastodon = """
        {
            "about": "Posts with a hashtag, as one Mastodon instance sees them",
            "request": {
                "url": "https://{host}/api/v1/timelines/tag/{query}",
                "query": {"limit": "40", "min_id": "{min-id}"},
                "headers": {"authorization": "Bearer {token}"},
                "defaults": {"host": "mastodon.social"},
                "pace": "1s"
            },
            "items": "$[*]",
            "fields": {
                "id": ["$.uri", "$.id"],
                "url": ["$.url", "$.uri"],
                "html": "$.content",
                "author.name": ["$.account.display_name", "$.account.username"],
                "author.id": "$.account.acct",
                "author.url": "$.account.url",
                "published": "$.created_at",
                "updated": "$.edited_at",
                "lang": "$.language",
                "parent": "$.in_reply_to_id",
                "tags": "$.tags[*].name",
                "likes": "$.favourites_count",
                "reposts": "$.reblogs_count",
                "replies": "$.replies_count",
                "reach": "$.account.followers_count"
            },
            "next": {"min-id": "$.id"},
            "stop": {"pages": 10},
            "limits": {
                "requests": 300, "per": "5m",
                "remaining": "x-ratelimit-remaining", "reset": "x-ratelimit-reset"
            }
        }
        """
}
