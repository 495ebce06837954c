extension Preset {
    /// The 15 newest videos of a channel (developers.google.com/youtube/v3, push notifications; Media
    /// RSS 1.5.1).
    ///
    /// Atom, so only what it does not say itself is
    /// mapped.
    static let youtube = """
        {
            "about": "Videos of a YouTube channel",
            "format": "feed",
            "request": {
                "url": "https://{host}/feeds/videos.xml?channel_id={channel}",
                "defaults": {"host": "www.youtube.com"},
                "pace": "2s"
            },
            "fields": {
                "id": ["$.id", "template('yt:video:{$[\\"yt:videoId\\"]}')"],
                "text": "$[\\"media:description\\"]",
                "author.id": "$[\\"yt:channelId\\"]",
                "likes": "$[\\"media:starRating@count\\"]",
                "reach": "$[\\"media:statistics@views\\"]"
            }
        }
        """
}
