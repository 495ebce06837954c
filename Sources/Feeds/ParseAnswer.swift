import EarshotDomain
package import EarshotWire

/// Writes what `earshot parse --jsonl` answers for one document; what is absent is left out.
///
/// The form is that of the research note on feeds, section 5.
package struct ParseAnswer {
    /// Answers the number of entries instead of the document.
    package var countsOnly: Bool

    package init(countsOnly: Bool = false) {
        self.countsOnly = countsOnly
    }

    /// Appends one object, without a line feed.
    package func write(
        _ result: Result<FeedDocument, FeedError>, path: String, to writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("path", path)
        switch result {
        case .failure(let error):
            writer.name("ok")
            writer.bool(false)
            writer.name("error")
            writer.beginObject()
            writer.member("kind", error.kind.rawValue)
            writer.member("reason", error.reason)
            writer.member("line", error.line)
            writer.endObject()
        case .success(let document):
            writer.name("ok")
            writer.bool(true)
            if countsOnly {
                writer.member("format", document.format.rawValue)
                writer.member("entries", document.count)
            } else {
                writer.name("error")
                writer.null()
                write(document, path: path, to: &writer)
            }
        }
        writer.endObject()
    }

    private func write(_ document: FeedDocument, path: String, to writer: inout JSONWriter) {
        writer.list("warnings", document.warnings, keepsEmpty: true) { warning, writer in
            writer.member("kind", warning.kind.rawValue)
            writer.member("line", warning.line)
        }
        writer.member("format", document.format.rawValue)
        writer.member("encoding", document.encoding)
        writer.name("feed")
        writer.beginObject()
        write(document.feed, to: &writer)
        writer.endObject()
        // No source is known here: the keys tell entries of one document apart, and know them
        // again in the next answer.
        let keys = EntryIdentity().keys(of: document)
        writer.list("entries", document.entries.indices, keepsEmpty: true) { index, writer in
            writer.name("keys")
            writer.beginArray()
            writer.string(keys[index].key.hex)
            writer.string(keys[index].secondKey.hex)
            writer.endArray()
            write(document.entries[index], to: &writer)
        }
    }

    private func write(_ feed: FeedInfo, to writer: inout JSONWriter) {
        writer.member("id", feed.id)
        writer.member("title", feed.title)
        writer.member("subtitle_html", feed.subtitleHTML)
        writer.member("link", feed.link)
        writer.member("language", feed.language)
        writer.member("updated", feed.updated)
        writer.member("published", feed.published)
        writer.people(feed.authors)
        writer.categories(feed.categories)
        writer.member("image", feed.image)
        writer.member("icon", feed.icon)
        writer.member("generator", feed.generator)
        writer.member("ttl", feed.ttl)
        writer.links(feed.links)
    }

    private func write(_ entry: FeedEntry, to writer: inout JSONWriter) {
        writer.member("id", entry.id)
        writer.member("url", entry.url)
        writer.member("title", entry.title)
        writer.people(entry.authors)
        writer.member("published", entry.published)
        writer.member("updated", entry.updated)
        writer.member("summary_html", entry.summaryHTML)
        writer.member("content_html", entry.contentHTML)
        writer.member("text", entry.text.isEmpty ? nil : entry.text)
        writer.member("language", entry.language)
        writer.categories(entry.categories)
        writer.list("enclosures", entry.enclosures) { enclosure, writer in
            writer.member("url", enclosure.url)
            writer.member("type", enclosure.type)
            writer.member("length", enclosure.length)
        }
        writer.links(entry.links)
        writer.member("comments_url", entry.commentsURL)
        writer.member("image", entry.image)
        writeReach(of: entry, to: &writer)
        if let source = entry.source {
            writer.name("source")
            writer.beginObject()
            writer.member("id", source.id)
            writer.member("title", source.title)
            writer.member("url", source.url)
            writer.member("updated", source.updated)
            writer.people(source.authors)
            writer.categories(source.categories)
            writer.links(source.links)
            writer.endObject()
        }
    }

    /// What only mappings know.
    private func writeReach(of entry: FeedEntry, to writer: inout JSONWriter) {
        let engagement = entry.engagement
        if engagement != Engagement() {
            writer.name("engagement")
            writer.beginObject()
            writer.member("likes", engagement.likes)
            writer.member("reposts", engagement.reposts)
            writer.member("replies", engagement.replies)
            writer.member("reach", engagement.reach)
            writer.endObject()
        }
        if let score = entry.score {
            writer.name("score")
            writer.double(score)
        }
        writer.member("parent", entry.parent)
        if entry.isDeleted {
            writer.name("deleted")
            writer.bool(true)
        }
    }
}

extension JSONWriter {
    /// An array of objects; left out where it is empty, unless that says something.
    fileprivate mutating func list<Elements: Collection>(
        _ name: String, _ elements: Elements, keepsEmpty: Bool = false,
        _ write: (Elements.Element, inout JSONWriter) -> Void
    ) {
        guard keepsEmpty || !elements.isEmpty else { return }
        self.name(name)
        beginArray()
        for element in elements {
            beginObject()
            write(element, &self)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func people(_ people: [FeedPerson]) {
        list("authors", people) { person, writer in
            writer.member("name", person.name)
            writer.member("email", person.email)
            writer.member("url", person.url)
            writer.member("handle", person.handle)
        }
    }

    fileprivate mutating func categories(_ categories: [FeedCategory]) {
        list("categories", categories) { category, writer in
            writer.member("term", category.term)
            writer.member("scheme", category.scheme)
            writer.member("label", category.label)
        }
    }

    fileprivate mutating func links(_ links: [FeedLink]) {
        list("links", links) { link, writer in
            writer.member("rel", link.rel)
            writer.member("href", link.href)
            writer.member("type", link.type)
            writer.member("title", link.title)
            writer.member("hreflang", link.hreflang)
            writer.member("length", link.length)
        }
    }
}
