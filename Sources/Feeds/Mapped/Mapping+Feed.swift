import EarshotDomain
import EarshotWire

extension Mapping {
    /// Collects what the fields ask for beside the vocabulary of feeds.
    var extras: EntryExtras? {
        var names: Set<String> = []
        for expression in fields.values.flatMap({ $0 }) { names.formUnion(expression.memberNames) }
        return EntryExtras(names: names.sorted())
    }

    /// Reads the mapping's fields over what the feed's own say; one without a value stays as the
    /// feed has it.
    ///
    /// - Parameter extras: by number of the entry.
    func refined(
        _ feed: FeedDocument, _ context: FeedContext, extras: [Int: [String: String]] = [:]
    ) -> FeedDocument {
        var document = feed
        var texts = EntryTexts(isRaw: context.isRaw)
        let links = LinkResolver(base: context.base)
        for index in document.entries.indices {
            let view = JSONWriter.view(of: document.entries[index], extras[index] ?? [:])
            guard let item = try? JSON(parsing: view.bytes) else { continue }
            var reader = ItemReader(mapping: self, document: MappedDocument(item))
            reader.refine(&document.entries[index], item, links: links, texts: &texts)
        }
        document.page = FeedPage(items: document.entries.count)
        if case .link(let relation) = next {
            let own = document.feed.links.first { $0.rel == relation }?.href
            document.page?.next = own ?? context.link(relation)
        }
        return document
    }
}

extension FieldExpression {
    /// The names of members that its paths go through.
    fileprivate var memberNames: [String] {
        switch self {
        case .path(let path):
            path.steps.compactMap { step in
                if case .member(let name) = step { name } else { nil }
            }
        case .text(let inner), .epoch(let inner), .language(let inner), .joined(let inner, _),
            .last(let inner, _),
            .isOneOf(let inner, _), .unwrapped(let inner):
            inner.memberNames
        case .template(let pieces):
            pieces.flatMap { piece in
                if case .value(let inner) = piece { inner.memberNames } else { [String]() }
            }
        }
    }
}

extension JSONWriter {
    /// An entry as the item that paths look into.
    fileprivate static func view(
        of entry: FeedEntry, _ extras: [String: String]
    ) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("id", entry.id)
        writer.member("url", entry.url)
        writer.member("title", entry.title)
        writer.member("text", entry.text)
        writer.member("html", entry.contentHTML ?? entry.summaryHTML)
        writer.member("published", entry.published)
        writer.member("updated", entry.updated)
        writer.member("lang", entry.language)
        writer.member("comments", entry.commentsURL)
        writer.member("replies", entry.engagement.replies)
        if let author = entry.authors.first {
            writer.name("author")
            writer.beginObject()
            writer.member("name", author.name)
            writer.member("url", author.url)
            writer.member("email", author.email)
            writer.endObject()
        }
        if let source = entry.source {
            writer.name("source")
            writer.beginObject()
            writer.member("title", source.title)
            writer.member("url", source.url)
            writer.endObject()
        }
        writer.name("tags")
        writer.beginArray()
        for category in entry.categories { if let term = category.term { writer.string(term) } }
        writer.endArray()
        for (name, value) in extras.sorted(by: { $0.key < $1.key }) { writer.member(name, value) }
        writer.endObject()
        return writer
    }
}
