package import EarshotDomain

/// How a poll ended.
package enum PollOutcome: String, Hashable, Sendable, CaseIterable {
    /// A document came and was read, in part at least.
    case parsed
    /// The server answered 304.
    case notModified
    /// A document came that is byte for byte the last one.
    case sameBody
    case failed
}

/// One poll of a source: what is stored of it, all or nothing.
package struct PollRecord: Hashable, Sendable {
    package var source: Identifier<Source>
    /// When the answer came.
    package var eventAt: Timestamp
    package var outcome: PollOutcome
    /// HTTP status; absent where there was no answer.
    package var status: Int?
    /// Size of the body after decompression.
    package var bytes: Int
    /// In one line; present where the poll failed.
    package var error: String?
    /// What was wrong with what was read all the same, in one line.
    package var warnings: String?
    /// The source's state after this poll.
    package var state: SourceState
    /// The host that the answer asks to leave alone.
    package var pause: HostPause?
    /// The document's entries in its order, the known ones too: those may have been revised.
    package var drafts: [DraftRecord]

    package init(
        source: Identifier<Source>, eventAt: Timestamp, outcome: PollOutcome, status: Int? = nil,
        bytes: Int = 0, error: String? = nil, warnings: String? = nil, state: SourceState,
        pause: HostPause? = nil, drafts: [DraftRecord] = []
    ) {
        self.source = source
        self.eventAt = eventAt
        self.outcome = outcome
        self.status = status
        self.bytes = bytes
        self.error = error
        self.warnings = warnings
        self.state = state
        self.pause = pause
        self.drafts = drafts
    }
}

/// An entry of a document with the mentions that were found in it.
package struct DraftRecord: Hashable, Sendable {
    package var entry: EntryDraft
    /// At most one for each brand; nothing is stored of them where the entry is known already.
    package var mentions: [MentionDraft]

    package init(entry: EntryDraft, mentions: [MentionDraft] = []) {
        self.entry = entry
        self.mentions = mentions
    }
}

/// A mention on its way into the store.
package struct MentionDraft: Hashable, Sendable {
    /// The story that it counts with.
    package enum Place: Hashable, Sendable {
        case existing(Identifier<Story>)
        /// It begins one.
        case new
        /// That of the same brand's mention in an earlier draft of this poll, by the draft's index.
        case sameAsDraft(Int)
    }

    package let brand: Identifier<Brand>
    package let story: Place
    package let hits: [Hit]
    package let sentiment: Sentiment

    package init(
        brand: Identifier<Brand>, story: Place, hits: [Hit], sentiment: Sentiment
    ) {
        self.brand = brand
        self.story = story
        self.hits = hits
        self.sentiment = sentiment
    }
}

/// What a poll added.
package struct RecordedPoll: Hashable, Sendable {
    package struct NewEntry: Hashable, Sendable {
        /// Index in the poll's drafts.
        package let draft: Int
        package let id: Identifier<Entry>
        /// In the order of the draft's.
        package let mentions: [Mention]
    }

    /// In document order; ids rise.
    package internal(set) var entries: [NewEntry] = []
    /// Known entries of which a new wording was kept beside the first report.
    package internal(set) var revised: [Identifier<Entry>] = []

    package init() {}
}

/// A line of a source's poll log.
package struct PollLogLine: Hashable, Sendable {
    package let eventAt: Timestamp
    package let knownAt: Timestamp
    package let outcome: PollOutcome
    package let status: Int?
    package let bytes: Int
    package let newEntries: Int
    package let error: String?
    /// What was wrong with what was read all the same, in one line.
    package let warnings: String?

    /// How many of the bytes the parser has looked at; a body that came before is not read again.
    package var parsedBytes: Int { outcome == .parsed ? bytes : 0 }
}

/// A wording that an entry's publisher put in place of the first.
package struct EntryRevision: Hashable, Sendable {
    /// 1 for the first change.
    package let number: Int
    package let eventAt: Timestamp
    package let knownAt: Timestamp
    package let title: String
    package let text: String
}
