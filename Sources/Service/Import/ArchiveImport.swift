package import EarshotDomain
package import EarshotStore

/// Takes entries in from archives: batch by batch, each one transaction, with the mentions that are
/// found in them.
///
/// An entry is known again by the keys of its source, so that an archive that is taken in twice, or
/// again after the program was killed, adds what is missing and nothing else.
package struct ArchiveImport {
    /// What became of the records so far.
    package struct Summary: Hashable, Sendable {
        package internal(set) var records = 0
        package internal(set) var added = 0
        /// In the store before, or twice in the archive.
        package internal(set) var known = 0
        package internal(set) var mentions = 0
        package internal(set) var bad = 0
    }

    package private(set) var summary = Summary()

    private let store: Store
    private let source: Source
    private let now: Timestamp
    private var listener: Listener
    /// The time of which the listener knows the stories.
    private var covered: Range<Timestamp>?

    /// Later than anything that happened: no story is known yet.
    private static let never = Timestamp(seconds: 1 << 40)

    /// - Parameter now: when all that is new counts as known.
    package init(store: Store, source: Source, now: Timestamp) async throws {
        self.store = store
        self.source = source
        self.now = now
        listener = try await Listener(store: store, now: Self.never)
    }

    package mutating func take(_ batch: ArchiveBatch) async throws {
        let unknown = try await store.unknownDrafts(batch.drafts, of: source.id)
        let drafts = unknown.map { batch.drafts[$0] }
        summary.records += batch.records
        summary.bad += batch.bad.count
        summary.known += batch.drafts.count - drafts.count
        let moments = drafts.map(\.eventAt)
        guard let first = moments.min(), let last = moments.max() else { return }
        try await listener.cover(first...last, covered: &covered, in: store)
        // No clock here: what is too old for a story is told by `cover`.
        let records = listener.mentions(
            in: drafts, at: Array(drafts.indices), of: source.kind,
            now: Timestamp(milliseconds: 0))
        let recorded = try await store.record(records, of: source.id, knownAt: now)
        listener.learn(recorded)
        summary.added += recorded.entries.count
        summary.mentions += recorded.entries.reduce(0) { $0 + $1.mentions.count }
    }
}
