import EarshotDomain
import EarshotWire

/// Reads a mapping's fields out of items.
struct ItemReader {
    let mapping: Mapping
    let document: MappedDocument
    private(set) var warnings: [FeedWarning] = []

    init(mapping: Mapping, document: MappedDocument) {
        self.mapping = mapping
        self.document = document
    }

    mutating func warn(_ kind: FeedWarning.Kind) {
        let isNews = warnings.last?.kind != kind && warnings.count < FeedLimits.warnings
        if isNews { warnings.append(FeedWarning(kind)) }
    }

    /// Gives an entry each field that has a value.
    mutating func refine(
        _ entry: inout FeedEntry, _ item: JSON, links: LinkResolver, texts: inout EntryTexts
    ) {
        entry.id = first(.id, item) ?? entry.id
        entry.url = first(.url, item).flatMap(links.resolve) ?? entry.url
        if let title = first(.title, item) {
            entry.title = texts.title(plain: title)
            if texts.isCut { warn(.cut) }
        }
        entry.language = first(.language, item) ?? entry.language
        entry.published = moment(.published, item) ?? entry.published
        entry.updated = moment(.updated, item) ?? entry.updated
        refineAuthor(of: &entry, item, links: links)
        let tags = all(.tags, item).prefix(FeedLimits.list)
        if !tags.isEmpty { entry.categories = tags.map { FeedCategory(term: $0) } }
        entry.engagement = Engagement(
            likes: count(.likes, item) ?? entry.engagement.likes,
            reposts: count(.reposts, item) ?? entry.engagement.reposts,
            replies: count(.replies, item) ?? entry.engagement.replies,
            reach: count(.reach, item) ?? entry.engagement.reach)
        entry.score = first(.score, item).flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
        entry.parent = first(.parent, item)
        entry.isDeleted =
            mapping.fields[.deleted]?.contains { $0.holds(in: item, of: document) } ?? false
        let content =
            first(.html, item).map { texts.both(html: $0, links: links) }
            ?? first(.text, item).map { texts.both(plain: $0) }
        guard let content else { return }
        if texts.isCut { warn(.cut) }
        texts.put(summary: nil, content: content, into: &entry)
    }

    private mutating func refineAuthor(
        of entry: inout FeedEntry, _ item: JSON, links: LinkResolver
    ) {
        var handle = first(.authorID, item)
        if handle?.hasPrefix("@") == true { handle?.removeFirst() }
        let old = entry.authors.first
        let author = FeedPerson(
            name: first(.authorName, item) ?? old?.name, email: old?.email,
            url: first(.authorURL, item).flatMap(links.resolve) ?? old?.url, handle: handle)
        guard !author.isEmpty else { return }
        if old == nil { entry.authors = [author] } else { entry.authors[0] = author }
    }

    /// The first expression that has a value.
    private func first(_ field: Mapping.Field, _ item: JSON) -> String? {
        mapping.fields[field]?.lazy.compactMap { $0.text(in: item, of: document) }.first
    }

    private func all(_ field: Mapping.Field, _ item: JSON) -> [String] {
        mapping.fields[field]?.lazy.map { $0.texts(in: item, of: document) }
            .first { !$0.isEmpty } ?? []
    }

    private mutating func moment(_ field: Mapping.Field, _ item: JSON) -> Timestamp? {
        guard let text = first(field, item) else { return nil }
        let moment = DateScanner.timestamp(text)
        if moment == nil { warn(.unreadableDate) }
        return moment
    }

    /// A whole number from 0 on; platforms write some as text, and some with a fraction.
    private func count(_ field: Mapping.Field, _ item: JSON) -> Int? {
        guard let text = first(field, item), let number = Double(text), number.isFinite else {
            return nil
        }
        return Int(text).map { max(0, $0) } ?? Int(exactly: max(0, number).rounded())
    }
}
