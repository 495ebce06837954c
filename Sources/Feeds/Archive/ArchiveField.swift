/// What a field of an archive's record means.
package enum ArchiveField: String, Hashable, Sendable, CaseIterable {
    case id, url, title, text, html, published, updated, author, handle, language
    case likes, reposts, replies, reach

    /// Names under which archives have it, the better one first; lower case, blanks and `-` as `_`.
    fileprivate var names: [String] {
        switch self {
        case .id: ["id", "id_str", "guid", "uri", "entry_id", "post_id", "tweet_id", "review_id"]
        case .url: ["url", "link", "permalink", "href", "external_url"]
        case .title: ["title", "headline", "subject", "review_title"]
        case .text:
            [
                "text", "full_text", "content_text", "body_text", "message", "selftext",
                "review_text", "review", "comment", "comment_text", "tweet",
            ]
        case .html:
            [
                "content_html", "body_html", "content", "body", "summary_html", "description",
                "summary",
            ]
        case .published:
            [
                "published", "published_at", "date_published", "pubdate", "pub_date", "created_at",
                "created_utc", "created", "date", "datetime", "timestamp", "time", "review_date",
            ]
        case .updated: ["updated", "updated_at", "date_modified", "modified", "edited_at"]
        case .author: ["author", "authors", "author_name", "user", "by", "creator", "reviewer"]
        case .handle: ["handle", "username", "user_name", "screen_name", "acct"]
        case .language: ["language", "lang"]
        case .likes: ["likes", "like_count", "likes_count", "favourites_count", "favorite_count"]
        case .reposts: ["reposts", "repost_count", "reblogs_count", "retweet_count", "shares"]
        case .replies:
            [
                "replies", "reply_count", "replies_count", "num_comments", "comment_count",
                "comments",
            ]
        case .reach: ["reach", "followers", "followers_count", "views"]
        }
    }
}

/// Which names of an archive's records mean which field.
package struct ArchiveNames: Hashable, Sendable {
    struct Meaning: Hashable, Sendable {
        let field: ArchiveField
        /// 0 for the best name of a field.
        let rank: Int
    }

    private var meanings: [String: Meaning] = [:]
    /// Those that a person gave, as given.
    private var chosen: [String] = []

    /// - Parameter chosen: names that a person gave to fields; they take the place of the usual
    ///   ones.
    package init(_ chosen: [ArchiveField: String] = [:]) {
        for field in ArchiveField.allCases where chosen[field] == nil {
            for (rank, name) in field.names.enumerated() {
                meanings[name] = Meaning(field: field, rank: rank)
            }
        }
        for field in ArchiveField.allCases {
            guard let name = chosen[field] else { continue }
            meanings[Self.plain(name)] = Meaning(field: field, rank: 0)
            self.chosen.append(name)
        }
    }

    /// Of the names that a person gave, the first that is none of these.
    func missing(in names: [String]) -> String? {
        let present = Set(names.map(Self.plain))
        return chosen.first { !present.contains(Self.plain($0)) }
    }

    func meaning(of name: String) -> Meaning? {
        meanings[name] ?? meanings[Self.plain(name)]
    }

    private static func plain(_ name: String) -> String {
        String(
            decoding: name.trimmedBlanks.utf8.map { byte in
                byte == 0x20 || byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte.asciiLowercased
            }, as: UTF8.self)
    }
}

/// Why a record of an archive is no entry.
package struct ArchiveFault: Error, Hashable {
    /// In one line.
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
