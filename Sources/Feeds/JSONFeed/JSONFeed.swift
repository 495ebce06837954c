import EarshotDomain
import EarshotWire

/// JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).
struct JSONFeed {
    private let context: FeedContext
    private let links: LinkResolver
    private var warnings: [FeedWarning] = []
    private var texts: EntryTexts

    init(_ context: FeedContext) {
        self.context = context
        links = LinkResolver(base: context.base)
        texts = EntryTexts(isRaw: context.isRaw)
    }

    consuming func document(_ json: JSON) throws(FeedError) -> FeedDocument {
        let version = json["version"]?.string ?? ""
        if !version.contains("jsonfeed.org/version/") {
            // Some forget the version's address; a list of items beside a title is a feed.
            guard json["items"]?.array != nil, json["title"]?.string != nil else {
                throw FeedError(
                    .notAFeed, "It is JSON, but neither a JSON Feed nor named with a mapping.")
            }
            warn()
        }
        var feed = FeedInfo()
        feed.title = texts.title(plain: text(json, "title"))
        feed.link = text(json, "home_page_url").flatMap(links.resolve)
        feed.id = text(json, "feed_url")
        feed.subtitleHTML = text(json, "description").map { texts.html(plain: $0) }
        feed.language = text(json, "language") ?? context.language
        feed.image = text(json, "icon").flatMap(links.resolve)
        feed.icon = text(json, "favicon").flatMap(links.resolve)
        feed.authors = people(json)
        if let address = text(json, "feed_url") {
            feed.links.append(
                FeedLink(
                    rel: "self", href: links.resolve(address), type: "application/feed+json"))
        }
        var entries: [FeedEntry] = []
        for item in list(json, "items") {
            guard item.kind == .object else {
                warn()
                continue
            }
            guard entries.count < FeedLimits.entries else {
                warn(.tooManyEntries)
                break
            }
            var entry = self.entry(item)
            if entry.authors.isEmpty { entry.authors = feed.authors }
            entry.language = entry.language ?? feed.language
            entries.append(entry)
        }
        return FeedDocument(
            format: version.hasSuffix("1.1") ? .json11 : .json1, encoding: "utf-8", feed: feed,
            entries: entries, warnings: warnings)
    }

    private mutating func entry(_ item: JSON) -> FeedEntry {
        var entry = FeedEntry()
        entry.id = identifier(item)
        entry.url = (text(item, "url") ?? text(item, "external_url")).flatMap(links.resolve)
        entry.title = texts.title(plain: text(item, "title"))
        entry.authors = people(item)
        entry.published = moment(item, "date_published")
        entry.updated = moment(item, "date_modified")
        entry.language = text(item, "language")
        entry.image = (text(item, "image") ?? text(item, "banner_image")).flatMap(links.resolve)
        entry.categories = list(item, "tags").prefix(FeedLimits.list).compactMap { tag in
            tag.string.map { FeedCategory(term: $0) }
        }
        for attachment in list(item, "attachments").prefix(FeedLimits.list) {
            entry.enclosures.append(
                FeedEnclosure(
                    url: text(attachment, "url").flatMap(links.resolve),
                    type: text(attachment, "mime_type"),
                    length: number(attachment, "size_in_bytes")))
        }
        let summary = text(item, "summary").map { texts.both(plain: $0) }
        let content =
            text(item, "content_html").map { texts.both(html: $0, links: links) }
            ?? text(item, "content_text").map { texts.both(plain: $0) }
        texts.put(summary: summary, content: content, into: &entry)
        if texts.isCut { warn(.cut) }
        return entry
    }

    private mutating func people(_ json: JSON) -> [FeedPerson] {
        // 1.0 has one author, 1.1 a list; some write both, and leave one of them empty.
        let list = list(json, "authors")
        let all = list.isEmpty ? json["author"].map { [$0] } ?? [] : list
        return all.prefix(FeedLimits.list).compactMap { author in
            let person = FeedPerson(
                name: text(author, "name"), url: text(author, "url").flatMap(links.resolve))
            return person.isEmpty ? nil : person
        }
    }

    // MARK: - Members

    private mutating func warn(_ kind: FeedWarning.Kind = .wrongType) {
        guard warnings.count < FeedLimits.warnings, warnings.last?.kind != kind else { return }
        warnings.append(FeedWarning(kind))
    }

    /// The member's text; absent, with a warning, where it is of another type.
    private mutating func text(_ json: JSON, _ name: String) -> String? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.string?.trimmedBlanks else {
            warn()
            return nil
        }
        return text.isEmpty ? nil : text
    }

    /// Ids and sizes are numbers in some feeds and text in others.
    private mutating func number(_ json: JSON, _ name: String) -> String? {
        json[name]?.number ?? text(json, name)
    }

    private mutating func identifier(_ item: JSON) -> String? { number(item, "id") }

    private mutating func moment(_ json: JSON, _ name: String) -> Timestamp? {
        guard let text = number(json, name) else { return nil }
        let moment = DateScanner.timestamp(text)
        if moment == nil { warn(.unreadableDate) }
        return moment
    }

    private mutating func list(_ json: JSON, _ name: String) -> [JSON] {
        guard let value = json[name], !value.isNull else { return [] }
        guard let elements = value.array else {
            warn()
            return []
        }
        return elements
    }
}
