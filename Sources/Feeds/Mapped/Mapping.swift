import EarshotDomain
import EarshotWire

/// How the JSON of a platform is read as entries: paths, no code.
package struct Mapping: Hashable, Sendable {
    /// Whether the body is markup or text.
    enum Body: Hashable, Sendable {
        case html, plain
    }

    /// Where the entries are.
    var items: JSONPath
    /// The first path that has a value counts.
    var id: [JSONPath]
    var url: [JSONPath]
    var title: [JSONPath] = []
    var text: [JSONPath]
    var body: Body
    var authorName: [JSONPath] = []
    var authorHandle: [JSONPath] = []
    var authorURL: [JSONPath] = []
    var published: [JSONPath]
    var updated: [JSONPath] = []
    var language: [JSONPath] = []
    var tags: [JSONPath] = []
    var likes: [JSONPath] = []
    var reposts: [JSONPath] = []
    var replies: [JSONPath] = []
    var reach: [JSONPath] = []

    /// Mappings that come with Earshot, by name.
    static let builtIn: [String: Mapping] = ["mastodon": mastodon]

    /// Names of the mappings there are, in order.
    package static let names = builtIn.keys.sorted()

    /// Statuses as `/api/v1/timelines/tag/T` returns them (docs.joinmastodon.org, entity Status).
    private static let mastodon = Mapping(
        items: "[*]", id: ["uri", "id"], url: ["url", "uri"], text: ["content"], body: .html,
        authorName: ["account.display_name"], authorHandle: ["account.acct"],
        authorURL: ["account.url"], published: ["created_at"], updated: ["edited_at"],
        language: ["language"], tags: ["tags[*].name"], likes: ["favourites_count"],
        reposts: ["reblogs_count"], replies: ["replies_count"],
        reach: ["account.followers_count"])

    func document(_ json: JSON, _ context: FeedContext) throws(FeedError) -> FeedDocument {
        let found = items.values(in: json)
        let isList = json.array != nil || !found.isEmpty
        guard isList else {
            throw FeedError(.notAFeed, "It is JSON, but has no list where its mapping looks.")
        }
        var warnings: [FeedWarning] = []
        func warn(_ kind: FeedWarning.Kind) {
            let isNews = warnings.last?.kind != kind && warnings.count < FeedLimits.warnings
            if isNews { warnings.append(FeedWarning(kind)) }
        }
        var texts = EntryTexts(isRaw: context.isRaw)
        let links = LinkResolver(base: context.base)
        var entries: [FeedEntry] = []
        for item in found.prefix(FeedLimits.entries) {
            guard case .object = item else {
                warn(.wrongType)
                continue
            }
            var entry = FeedEntry()
            entry.id = first(id, item)
            entry.url = first(url, item).flatMap(links.resolve)
            entry.title = texts.title(plain: first(title, item))
            entry.language = first(language, item)
            entry.published = moment(published, item)
            entry.updated = moment(updated, item)
            if entry.published == nil, first(published, item) != nil { warn(.unreadableDate) }
            let author = FeedPerson(
                name: first(authorName, item), url: first(authorURL, item).flatMap(links.resolve),
                handle: first(authorHandle, item))
            if !author.isEmpty { entry.authors = [author] }
            entry.categories = tags.flatMap { $0.values(in: item) }.prefix(FeedLimits.list)
                .compactMap { value in value.string.map { FeedCategory(term: $0) } }
            entry.engagement = Engagement(
                likes: count(likes, item), reposts: count(reposts, item),
                replies: count(replies, item), reach: count(reach, item))
            let content = first(text, item).map { text in
                body == .html ? texts.both(html: text, links: links) : texts.both(plain: text)
            }
            if texts.isCut { warn(.cut) }
            texts.put(summary: nil, content: content, into: &entry)
            entries.append(entry)
        }
        return FeedDocument(
            format: .mapped, encoding: "utf-8", feed: FeedInfo(language: context.language),
            entries: entries, warnings: warnings)
    }

    /// The first text or number that is not empty.
    private func first(_ paths: [JSONPath], _ item: JSON) -> String? {
        for path in paths {
            switch path.values(in: item).first {
            case .string(let text)? where !text.trimmedBlanks.isEmpty: return text.trimmedBlanks
            case .number(let text)?: return text
            default: continue
            }
        }
        return nil
    }

    private func moment(_ paths: [JSONPath], _ item: JSON) -> Timestamp? {
        first(paths, item).flatMap { DateScanner.timestamp($0) }
    }

    private func count(_ paths: [JSONPath], _ item: JSON) -> Int? {
        first(paths, item).flatMap { Int($0) }.map { max(0, $0) }
    }
}
