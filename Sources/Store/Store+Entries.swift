package import EarshotDomain
import GRDB

extension Store {
    /// Indices of the drafts that would be new, in their order: neither key is known to the source,
    /// nor carried by an earlier draft.
    ///
    /// What it tells is a saving, not a promise: `record` looks again inside its transaction.
    package func unknownDrafts(
        _ drafts: [EntryDraft], of source: Identifier<Source>
    ) async throws -> [Int] {
        try await read { db in
            var seen: Set<EntryKey> = []
            return try drafts.indices.filter { index in
                let draft = drafts[index]
                let isDouble = seen.contains(draft.key) || seen.contains(draft.secondKey)
                seen.insert(draft.key)
                seen.insert(draft.secondKey)
                return try !isDouble && db.entry(source: source, key: draft.key) == nil
                    && db.entry(source: source, key: draft.secondKey) == nil
            }
        }
    }

    /// Stores a poll in one transaction.
    ///
    /// That is its log line, the source's state, new entries with their keys, mentions, stories and
    /// sentiments, and revisions of known ones. Ids rise in document order. Recording the same document again adds a log line and nothing else.
    package func record(_ poll: PollRecord, knownAt: Timestamp) async throws -> RecordedPoll {
        try await write { db in
            var writer = PollWriter(db: db, source: poll.source, knownAt: knownAt)
            return try writer.write(poll)
        }
    }

    /// The newest polls of a source, newest first.
    package func polls(
        of source: Identifier<Source>, limit: Int
    ) async throws -> [PollLogLine] {
        try await read { db in
            try db.all(
                """
                SELECT eventAt, knownAt, outcome, status, bytes, newEntries, error, warnings
                FROM poll WHERE source = ? ORDER BY eventAt DESC, id DESC LIMIT ?
                """, [source.rawValue, limit]
            ) { columns in
                PollLogLine(
                    eventAt: try columns.moment(), knownAt: try columns.moment(),
                    outcome: try columns.choice(), status: try columns.optional(),
                    bytes: try columns.next(), newEntries: try columns.next(),
                    error: try columns.optional(), warnings: try columns.optional())
            }
        }
    }

    /// The first report of each, in the order of `ids`; unknown ids are left out.
    package func entries(_ ids: [Identifier<Entry>]) async throws -> [Entry] {
        try await read { db in
            try ids.flatMap { id in
                try db.all(
                    "SELECT e.id, \(entryColumns) FROM entry e WHERE e.id = ?", [id.rawValue]
                ) { columns in
                    let id: Identifier<Entry> = try columns.identifier()
                    return try columns.entry(id: id)
                }
            }
        }
    }

    /// In the order in which they came.
    package func revisions(of entry: Identifier<Entry>) async throws -> [EntryRevision] {
        try await read { db in
            try db.all(
                """
                SELECT number, eventAt, knownAt, title, text
                FROM entryRevision WHERE entry = ? ORDER BY number
                """, [entry.rawValue]
            ) { columns in
                EntryRevision(
                    number: try columns.next(), eventAt: try columns.moment(),
                    knownAt: try columns.moment(), title: try columns.next(),
                    text: try columns.next())
            }
        }
    }
}

/// What `Columns.entry(id:)` takes, of a table named `e`.
let entryColumns = """
    e.source, e.eventAt, e.knownAt, e.url, e.title, e.text, e.authorPlatform, e.authorHandle, \
    e.authorName, e.language, e.published, e.likes, e.reposts, e.replies, e.reach
    """

extension Columns {
    mutating func entry(id: Identifier<Entry>) throws -> Entry {
        let source: Identifier<Source> = try identifier()
        let eventAt = try moment()
        let knownAt = try moment()
        var content = EntryContent(url: try optional(), title: try next(), text: try next())
        let platform: String? = try optional()
        let handle: String? = try optional()
        let name: String? = try optional()
        if let platform, let handle {
            content.author = Author(platform: platform, handle: handle, name: name)
        }
        content.language = try optional()
        content.published = try optionalMoment()
        content.engagement = Engagement(
            likes: try optional(), reposts: try optional(), replies: try optional(),
            reach: try optional())
        return Entry(
            id: id, source: source, eventAt: eventAt, knownAt: knownAt, content: content)
    }
}

extension Database {
    /// The entry that a key of its source names.
    func entry(
        source: Identifier<Source>, key: EntryKey
    ) throws -> Identifier<Entry>? {
        try first(
            "SELECT entry FROM entryKey WHERE source = ? AND key = ?", [source.rawValue, key.hex]
        ) { try $0.identifier() }
    }
}
