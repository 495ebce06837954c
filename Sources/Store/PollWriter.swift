import EarshotDomain
import GRDB

/// Writes one poll inside the transaction that it is given.
struct PollWriter {
    let db: Database
    let source: Identifier<Source>
    let knownAt: Timestamp

    /// Where a mention of this poll went: its draft's index and its brand.
    private struct Seat: Hashable {
        let draft: Int
        let brand: Identifier<Brand>
    }

    private var stories: [Seat: Identifier<Story>] = [:]
    private var entriesOfDrafts: [Int: Identifier<Entry>] = [:]
    private var written: Set<Identifier<Entry>> = []
    private var result = RecordedPoll()

    /// Feeds that give out new ids each time, or whose text holds a counter, must not grow the store
    /// at each poll (chosen: more than a person edits, less than a day of polls).
    private static let keysPerEntry = 8
    private static let revisionsPerEntry = 16

    init(db: Database, source: Identifier<Source>, knownAt: Timestamp) {
        self.db = db
        self.source = source
        self.knownAt = knownAt
    }

    /// What came with a document, or by another way.
    mutating func write(_ drafts: [DraftRecord]) throws -> RecordedPoll {
        for (index, draft) in drafts.enumerated() {
            let known = try db.entry(source: source, key: draft.entry.key)
            let knownSecond = try db.entry(source: source, key: draft.entry.secondKey)
            if let entry = known ?? knownSecond {
                entriesOfDrafts[index] = entry
                try meet(draft.entry, as: entry, isKnownById: known != nil)
            } else {
                try add(draft, at: index)
            }
        }
        return result
    }

    mutating func write(_ poll: PollRecord) throws -> RecordedPoll {
        _ = try write(poll.drafts)
        try update(poll.state)
        if let pause = poll.pause { try keep(pause, eventAt: poll.eventAt) }
        try log(poll)
        return result
    }

    private mutating func add(_ draft: DraftRecord, at index: Int) throws {
        let entry = try insert(draft.entry)
        entriesOfDrafts[index] = entry
        written.insert(entry)
        try name(entry, draft.entry.key)
        if draft.entry.secondKey != draft.entry.key { try name(entry, draft.entry.secondKey) }
        var mentions: [Mention] = []
        for mention in draft.mentions {
            mentions.append(
                try add(mention, of: entry, eventAt: draft.entry.eventAt, at: index))
        }
        result.entries.append(RecordedPoll.NewEntry(draft: index, id: entry, mentions: mentions))
    }

    /// Keeps an entry's new wording and new keys, a few of them.
    ///
    /// A double inside one document tells nothing new.
    private mutating func meet(
        _ draft: EntryDraft, as entry: Identifier<Entry>, isKnownById: Bool
    ) throws {
        guard !written.contains(entry) else { return }
        let isRevised = try isKnownById && revise(entry, to: draft)
        guard isRevised || !isKnownById else { return }
        if isRevised { result.revised.append(entry) }
        let key = isRevised ? draft.secondKey : draft.key
        guard try db.entry(source: source, key: key) == nil,
            try keyCount(of: entry) < Self.keysPerEntry
        else { return }
        try name(entry, key)
    }

    /// Whether a wording was added that the entry never had.
    private func revise(_ entry: Identifier<Entry>, to draft: EntryDraft) throws -> Bool {
        let title = draft.content.title.storable
        let text = draft.content.text.storable
        let wordings = try db.all(
            """
            SELECT title, text FROM entry WHERE id = ?
            UNION ALL SELECT title, text FROM entryRevision WHERE entry = ?
            """, [entry.rawValue, entry.rawValue]
        ) { columns in
            let wording: (title: String, text: String) = (try columns.next(), try columns.next())
            return wording
        }
        // Bytes, for Swift's == takes canonically equivalent texts as equal.
        let isKnown = wordings.contains { wording in
            wording.title.utf8.elementsEqual(title.utf8)
                && wording.text.utf8.elementsEqual(text.utf8)
        }
        guard !isKnown, wordings.count <= Self.revisionsPerEntry else { return false }
        try db.run(
            """
            INSERT INTO entryRevision (entry, number, eventAt, knownAt, title, text)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                entry.rawValue, wordings.count, draft.eventAt.milliseconds, knownAt.milliseconds,
                title, text,
            ])
        return true
    }

    private func insert(_ draft: EntryDraft) throws -> Identifier<Entry> {
        let content = draft.content
        return try db.insert(
            """
            INSERT INTO entry (source, eventAt, knownAt, url, title, text, authorPlatform,
                authorHandle, authorName, language, published, likes, reposts, replies, reach)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            [
                source.rawValue, draft.eventAt.milliseconds, knownAt.milliseconds,
                content.url?.storable, content.title.storable, content.text.storable,
                content.author?.platform.storable, content.author?.handle.storable,
                content.author?.name?.storable, content.language?.storable,
                content.published?.milliseconds, content.engagement.likes,
                content.engagement.reposts, content.engagement.replies, content.engagement.reach,
            ])
    }

    private func name(_ entry: Identifier<Entry>, _ key: EntryKey) throws {
        try db.run(
            "INSERT INTO entryKey (source, key, entry) VALUES (?, ?, ?)",
            [source.rawValue, key.hex, entry.rawValue])
    }

    private func keyCount(of entry: Identifier<Entry>) throws -> Int {
        try db.first("SELECT count(*) FROM entryKey WHERE entry = ?", [entry.rawValue]) {
            try $0.next()
        } ?? 0
    }

    private mutating func add(
        _ draft: MentionDraft, of entry: Identifier<Entry>, eventAt: Timestamp, at index: Int
    ) throws -> Mention {
        let story = try story(of: draft, eventAt: eventAt)
        stories[Seat(draft: index, brand: draft.brand)] = story
        return try db.add(
            draft, of: entry, in: story, eventAt: eventAt, knownAt: knownAt)
    }

    private func story(of draft: MentionDraft, eventAt: Timestamp) throws -> Identifier<Story> {
        switch draft.story {
        case .existing(let story): return story
        case .new: break
        case .sameAsDraft(let index):
            if let story = stories[Seat(draft: index, brand: draft.brand)] { return story }
            // The earlier draft was known after all: its mention, if any, is in the store.
            if let entry = entriesOfDrafts[index],
                let story = try db.story(of: entry, brand: draft.brand)
            {
                return story
            }
        }
        return try db.insert(
            "INSERT INTO story (brand, startedAt, knownAt) VALUES (?, ?, ?) RETURNING id",
            [draft.brand.rawValue, eventAt.milliseconds, knownAt.milliseconds])
    }

    private func update(_ state: SourceState) throws {
        let updated: Int64? = try db.first(
            """
            UPDATE sourceState SET etag = ?, lastModified = ?, validatorsSince = ?,
                unchangedInRow = ?, bodyHash = ?, mark = ?, movedTo = ?, movedAt = ?, host = ?, nextDue = ?,
                dueReason = ?, notBefore = ?, lastPolled = ?, lastSucceeded = ?, lastEntryAt = ?,
                failures = ?, lastError = ?, warnings = ?, missingSince = ?, decayedEntries = ?,
                decayedDays = ?, feedInterval = ?, skipHours = ?, skipDays = ?
            WHERE source = ? RETURNING source
            """,
            [
                state.etag?.storable, state.lastModified?.storable,
                state.validatorsSince?.milliseconds, state.unchangedInRow,
                state.bodyHash?.storable, state.mark?.storable, state.movedTo?.storable,
                state.movedAt?.milliseconds,
                state.host?.storable, state.nextDue.milliseconds, state.dueReason.rawValue,
                state.notBefore?.milliseconds, state.lastPolled?.milliseconds,
                state.lastSucceeded?.milliseconds, state.lastEntryAt?.milliseconds,
                state.failures, state.lastError?.storable, state.warnings?.storable,
                state.missingSince?.milliseconds,
                state.decayedEntries, state.decayedDays, state.feedInterval?.milliseconds,
                Int64(state.skipped.hours), Int64(state.skipped.days), source.rawValue,
            ]
        ) { try $0.next() }
        if updated == nil { throw StoredFault.unknown("no source \(source.rawValue)") }
    }

    /// Of several pauses of a host the longest holds.
    private func keep(_ pause: HostPause, eventAt: Timestamp) throws {
        try db.run(
            """
            INSERT INTO hostPause (host, source, eventAt, knownAt, until) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (host) DO UPDATE SET source = excluded.source, eventAt = excluded.eventAt,
                knownAt = excluded.knownAt, until = excluded.until
            WHERE hostPause.until < excluded.until
            """,
            [
                pause.host.storable, source.rawValue, eventAt.milliseconds, knownAt.milliseconds,
                pause.until.milliseconds,
            ])
    }

    private func log(_ poll: PollRecord) throws {
        try db.run(
            """
            INSERT INTO poll (source, eventAt, knownAt, outcome, status, bytes, newEntries, error,
                warnings)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                source.rawValue, poll.eventAt.milliseconds, knownAt.milliseconds,
                poll.outcome.rawValue, poll.status, poll.bytes, result.entries.count,
                poll.error?.storable, poll.warnings?.storable,
            ])
    }
}
