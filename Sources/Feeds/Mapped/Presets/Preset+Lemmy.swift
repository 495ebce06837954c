extension Preset {
    /// The newest posts that an instance knows (join-lemmy.org/docs: api/v3, GetPosts, PostView).
    ///
    /// An entry is known by its `ap_id`, which is the same on each instance.
    static let lemmy = """
        {
            "about": "Posts of a Lemmy instance or community",
            "request": {
                "url": "https://{host}/api/v3/post/list?sort=New",
                "query": {
                    "type_": "{type}", "community_name": "{community}", "limit": "50",
                    "page_cursor": "{cursor}"
                },
                "headers": {"authorization": "Bearer {token}"},
                "defaults": {"type": "All"},
                "pace": "1s"
            },
            "items": "$.posts[*]",
            "fields": \(lemmyPost),
            "next": {"path": "$.next_page"},
            "stop": {"pages": 5}
        }
        """

    /// Posts that a search finds, on page after page.
    static let lemmySearch = """
        {
            "about": "Posts of Lemmy that a search finds",
            "request": {
                "url": "https://{host}/api/v3/search?q={query}&type_=Posts&sort=New",
                "query": {"listing_type": "All", "limit": "50", "page": "{page}"},
                "headers": {"authorization": "Bearer {token}"}
            },
            "items": "$.posts[*]",
            "fields": \(lemmyPost),
            "next": {"page": {"first": 1, "full": 50}},
            "stop": {"pages": 5},
            "limits": {"requests": 60, "per": "10m"}
        }
        """

    /// Fields of a PostView, the same in each answer.
    private static let lemmyPost = """
        {
            "id": ["$.post.ap_id", "$.post.id"],
            "url": ["$.post.ap_id", "$.post.url"],
            "title": "$.post.name",
            "text": ["$.post.body", "$.post.embed_description"],
            "author.name": ["$.creator.display_name", "$.creator.name"],
            "author.id": "$.creator.name",
            "author.url": "$.creator.actor_id",
            "published": "$.post.published",
            "updated": "$.post.updated",
            "tags": "$.community.name",
            "likes": "$.counts.upvotes",
            "replies": "$.counts.comments",
            "score": "$.counts.score",
            "deleted": ["$.post.deleted", "$.post.removed"]
        }
        """
}
