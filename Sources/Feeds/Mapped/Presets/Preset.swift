/// The mappings that come with Earshot: each a text of its own, in the form of a user's mapping.
package enum Preset {
    /// By name; a test reads each, so none fails here.
    static let all: [String: Mapping] = texts.compactMapValues { try? Mapping(parsing: $0) }

    /// As they are written, for those who want to write one of their own.
    package static let texts = [
        "appstore": appstore, "appstore-json": appstoreJSON, "bluesky": bluesky,
        "discourse": discourse, "discourse-posts": discoursePosts, "gdelt": gdelt,
        "hackernews": hackernews, "lemmy": lemmy, "lemmy-search": lemmySearch,
        "mastodon": mastodon, "news-search": newsSearch, "reddit": reddit, "youtube": youtube,
    ]
}
