extension Preset {
    /// Posts that a search of a forum finds, newest first (docs.discourse.org: search).
    ///
    /// Titles stand with the topics beside the posts; the text is a snippet.
    static let discourse = """
        {
            "about": "Posts of a Discourse forum that a search finds",
            "request": {
                "url": "https://{host}/search.json",
                "query": {"q": "{query}{' after:'since.date} order:latest", "page": "{page}"},
                "headers": {"api-key": "{token}"},
                "pace": "2s"
            },
            "items": "$.posts[*]",
            "fields": {
                "id": "$.id",
                "url": "template('/t/{$$.topics[id=$.topic_id].slug}/{$.topic_id}/{$.post_number}')",
                "title": "$$.topics[id=$.topic_id].title",
                "html": "$.blurb",
                "author.name": ["$.name", "$.username"],
                "author.id": "$.username",
                "published": "$.created_at",
                "tags": "$$.topics[id=$.topic_id].tags[*]",
                "likes": "$.like_count",
                "parent": "$.topic_id"
            },
            "next": {"page": {"first": 1, "full": 50}},
            "stop": {"pages": 5}
        }
        """

    /// All posts of a forum, newest first (docs.discourse.org: posts, "List latest posts across
    /// topics").
    static let discoursePosts = """
        {
            "about": "The newest posts of a Discourse forum",
            "request": {
                "url": "https://{host}/posts.json",
                "query": {"before": "{cursor}"},
                "headers": {"api-key": "{token}"},
                "pace": "2s"
            },
            "items": "$.latest_posts[*]",
            "fields": {
                "id": "$.id",
                "url": "template('/t/{$.topic_slug}/{$.topic_id}/{$.post_number}')",
                "title": ["$.topic_title", "text($.topic_html_title)"],
                "html": "$.cooked",
                "text": "$.raw",
                "author.name": ["$.name", "$.display_username", "$.username"],
                "author.id": "$.username",
                "published": "$.created_at",
                "updated": "$.updated_at",
                "likes": "$.actions_summary[id='2'].count",
                "replies": "$.reply_count",
                "reach": "$.reads",
                "score": "$.score",
                "parent": "$.reply_to_post_number",
                "deleted": ["$.deleted_at", "$.user_deleted", "$.hidden"]
            },
            "next": {"path": "$.latest_posts[-1].id"},
            "stop": {"pages": 5}
        }
        """
}
