package import EarshotDomain
import EarshotWire

/// Makes entries of the records of an archive: lines of JSON, or rows of a table.
///
/// A record without address is known again by its id alone, or by all that it says, so that two
/// people who wrote the same are two entries and a record that comes twice is one.
package struct ArchiveReader {
    private let identity: EntryIdentity
    private let knownAt: Timestamp
    private let names: ArchiveNames
    private let mapping: Mapping?
    private var texts = EntryTexts(isRaw: false)
    private let links = LinkResolver(base: nil)

    /// Bytes of one line.
    package static let lineLimit = 16 << 20

    /// - Parameters:
    ///   - mapping: reads lines as the JSON of a platform.
    package init(
        source: Source, knownAt: Timestamp, names: ArchiveNames = ArchiveNames(),
        mapping: Mapping? = nil
    ) {
        identity = EntryIdentity(source)
        self.knownAt = knownAt
        self.names = names
        self.mapping = mapping
    }

    /// The entries of a line of JSON: one, or those of an answer of `earshot parse`, or what the
    /// mapping finds.
    package mutating func drafts(line: [UInt8]) throws(ArchiveFault) -> [EntryDraft] {
        let json: JSON
        do {
            json = try JSON(parsing: line)
        } catch {
            throw ArchiveFault("\(error.reason), at byte \(error.offset + 1)")
        }
        if let mapping { return try mapped(json, mapping) }
        guard let entries = json["entries"]?.array(limit: FeedLimits.entries) else {
            return [try draft(ArchiveRecord(json, names))]
        }
        var drafts: [EntryDraft] = []
        for entry in entries { drafts.append(try draft(ArchiveRecord(entry, names))) }
        return drafts
    }

    /// The entry of a row.
    ///
    /// - Parameter header: the table's first row; as many cells as the row.
    package mutating func draft(
        cells: [String], header: ArchiveHeader
    ) throws(ArchiveFault) -> EntryDraft {
        guard cells.count == header.columns.count else {
            throw ArchiveFault("\(cells.count) cells, the header has \(header.columns.count)")
        }
        return try draft(ArchiveRecord(cells: cells, columns: header.columns))
    }

    private mutating func draft(_ record: ArchiveRecord) throws(ArchiveFault) -> EntryDraft {
        var entry = FeedEntry()
        entry.id = record.text(.id)
        entry.url = record.text(.url)
        entry.title = texts.title(plain: record.text(.title))
        entry.text = text(of: record)
        guard entry.title?.isEmpty == false || !entry.text.isEmpty else {
            throw ArchiveFault("it has neither title nor text")
        }
        entry.published = try record.moment(.published)
        entry.updated = try record.moment(.updated)
        entry.authors = record.people
        entry.language = record.text(.language)
        entry.engagement = Engagement(
            likes: record.count(.likes), reposts: record.count(.reposts),
            replies: record.count(.replies), reach: record.count(.reach))
        return try draft(entry)
    }

    private mutating func text(of record: ArchiveRecord) -> String {
        let bytes: [UInt8]
        if let plain = record.text(.text) {
            bytes = texts.both(plain: plain).text
        } else if let html = record.text(.html) {
            bytes =
                HTMLGuess.looksLikeHTML(Array(html.utf8))
                ? texts.both(html: html, links: links).text : texts.both(plain: html).text
        } else {
            return ""
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func mapped(
        _ json: JSON, _ mapping: Mapping
    ) throws(ArchiveFault) -> [EntryDraft] {
        let page = try? mapping.document(json, FeedContext(mapping: mapping))
        var entries = page?.entries ?? []
        if entries.isEmpty {
            var entry = FeedEntry()
            var reader = ItemReader(mapping: mapping, document: MappedDocument(json))
            reader.refine(&entry, json, links: links, texts: &texts)
            entries = [entry]
        }
        var drafts: [EntryDraft] = []
        for entry in entries {
            guard entry.title?.isEmpty == false || !entry.text.isEmpty else {
                throw ArchiveFault("the mapping finds neither title nor text")
            }
            drafts.append(try draft(entry))
        }
        return drafts
    }

    private func draft(_ entry: FeedEntry) throws(ArchiveFault) -> EntryDraft {
        var entry = entry
        let isLinked = entry.url?.isEmpty == false
        if !isLinked, entry.id?.isEmpty != false { entry.id = Self.madeUpID(of: entry) }
        let document = FeedDocument(
            format: .mapped, encoding: "utf-8", feed: FeedInfo(), entries: [entry], warnings: [])
        guard let draft = identity.drafts(of: document, knownAt: knownAt).first else {
            throw ArchiveFault("it is no entry")
        }
        return isLinked
            ? draft
            : EntryDraft(
                key: draft.key, secondKey: draft.key, eventAt: draft.eventAt,
                content: draft.content)
    }

    private static func madeUpID(of entry: FeedEntry) -> String {
        let author = entry.authors.first
        let moment = (entry.published ?? entry.updated).map { "\($0.milliseconds)" } ?? ""
        return "record:"
            + ContentHash.key([
                moment, author?.handle ?? "", author?.name ?? "", entry.title ?? "", entry.text,
            ]).hex
    }
}

/// What the columns of a table mean.
package struct ArchiveHeader: Hashable, Sendable {
    let columns: [ArchiveNames.Meaning?]

    /// Throws where no column holds title or text, or one that a person named is not there.
    package init(_ cells: [String], _ names: ArchiveNames) throws(ArchiveFault) {
        if let name = names.missing(in: cells) {
            throw ArchiveFault("no column is called '\(name)': \(cells.joined(separator: ", "))")
        }
        columns = cells.map(names.meaning)
        let fields = Set(columns.compactMap { $0?.field })
        guard !fields.isDisjoint(with: [.title, .text, .html]) else {
            throw ArchiveFault("no column is a title or text: \(cells.joined(separator: ", "))")
        }
    }
}
