import EarshotDomain
import EarshotStore
import EarshotWire

/// Makes each reader's digest when it is due, and keeps the first one made.
///
/// What is kept are the facts, as JSON, with the cut at which they were known: the due moment, not
/// the moment of making, so that a round that comes late makes the same digest.
struct DigestRound {
    private let store: Store
    private let readers: [Configuration.Reader]
    /// The day of the last digest that is known to be kept, by reader.
    private var kept: [String: LocalDate] = [:]
    /// When listening began; absent before the first poll.
    private var began: Timestamp?

    private static let kind = "daily"

    init(store: Store, readers: [Configuration.Reader]) {
        self.store = store
        self.readers = readers
    }

    /// Makes what is due at `now` and not yet kept, and tells how many.
    ///
    /// What was due before listening began is left out.
    mutating func keepDue(at now: Timestamp) async throws -> Int {
        guard !readers.isEmpty else { return 0 }
        if began == nil { began = try await store.firstPoll() }
        guard let began else { return 0 }
        var made = 0
        for reader in readers {
            guard let due = DigestSchedule(reader)?.lastDue(by: now), due.at >= began,
                kept[reader.key] != due.day
            else { continue }
            kept[reader.key] = due.day
            let known = try await store.digest(
                reader: reader.key, localDate: due.day.iso8601, kind: Self.kind)
            guard known == nil else { continue }
            let record = DigestRecord(
                reader: reader.key, localDate: due.day.iso8601, kind: Self.kind,
                contents: try await contents(for: reader, day: due.day, cut: due.at), cut: due.at,
                madeAt: now)
            _ = try await store.record(record)
            made += 1
        }
        return made
    }

    /// When the next digest is due after `moment`; absent where nobody reads one.
    func nextDue(after moment: Timestamp) -> Timestamp? {
        readers.compactMap { DigestSchedule($0)?.nextDue(after: moment) }.min()
    }

    /// The digests of the reader's brands, as a JSON list.
    private func contents(
        for reader: Configuration.Reader, day: LocalDate, cut: Timestamp
    ) async throws -> String {
        let desk = DigestDesk(store: store)
        var writer = JSONWriter()
        writer.beginArray()
        for brand in try await store.brands() where reader.brands.contains(brand.key) {
            let digest = try await desk.digest(of: brand, on: day, zone: reader.zone, cut: cut)
            if let digest { writer.raw(DigestJSON.writer(digest).bytes) }
        }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
