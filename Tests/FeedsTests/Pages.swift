import Foundation

/// The recorded pages of platforms; `Pages/README.md` says what they are.
enum Pages {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Pages")

    static let names = [
        "appstore-one.json", "appstore.json", "appstore.xml", "bluesky.json",
        "discourse-posts.json", "discourse.json", "gdelt.json", "hackernews.json", "lemmy.json",
        "mastodon.json", "news-search.xml", "reddit.json", "youtube.xml",
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }
}
