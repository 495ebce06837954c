extension Preset {
    /// Customer reviews of an app in one country, newest first, 10 pages of 50.
    ///
    /// Apple has never described it; the shape is read off its answers. `appstore` takes the Atom
    /// form, in which the first entry of some pages is the app itself.
    static let appstore = """
        {
            "about": "App Store reviews of an app in one country",
            "format": "feed",
            "request": {
                "url": "https://itunes.apple.com/{country}/rss/customerreviews/page={page}/id={app}/sortby=mostrecent/xml",
                "defaults": {"country": "us"},
                "pace": "2s"
            },
            "fields": {
                "text": "$[\\"content@text\\"]",
                "author.id": "last($.author.url, 'id')",
                "likes": "$[\\"im:voteSum\\"]",
                "score": "$[\\"im:rating\\"]",
                "tags": "$[\\"im:version\\"]",
                "deleted": "$[\\"im:price\\"]"
            },
            "next": {"page": {"first": 1, "last": 10, "full": 50}},
            "stop": {"pages": 10}
        }
        """

    /// The same reviews as JSON: every text is an object with a `label`, and a single review stands
    /// alone where others stand in a list.
    static let appstoreJSON = """
        {
            "about": "App Store reviews of an app in one country, as JSON",
            "request": {
                "url": "https://itunes.apple.com/{country}/rss/customerreviews/page={page}/id={app}/sortby=mostrecent/json",
                "defaults": {"country": "us"},
                "pace": "2s"
            },
            "items": "$.feed.entry[*]",
            "fields": {
                "id": "$.id.label",
                "url": "$.link.attributes.href",
                "title": "$.title.label",
                "text": "$.content.label",
                "author.name": "$.author.name.label",
                "author.id": "last($.author.uri.label, 'id')",
                "author.url": "$.author.uri.label",
                "published": "$.updated.label",
                "likes": "$[\\"im:voteSum\\"].label",
                "score": "$[\\"im:rating\\"].label",
                "tags": "$[\\"im:version\\"].label",
                "deleted": "$[\\"im:price\\"].label"
            },
            "next": {"page": {"first": 1, "last": 10, "full": 50}},
            "stop": {"pages": 10}
        }
        """
}
