package import EarshotDomain
package import EarshotStore
package import EarshotTrends

/// Makes digests from what the store knew at a moment.
package struct DigestDesk: Sendable {
    private let store: Store

    /// A story takes members for seven days, so that a mention of the day may belong to one that
    /// began that long before (the research note on listening, section 4).
    private static let storyDays: Int64 = 7

    package init(store: Store) {
        self.store = store
    }

    /// The digest of `date` for a reader's zone, as known at `cut`; absent where the zone left the
    /// date out, or is none.
    package func digest(
        of brand: Brand, on date: LocalDate, zone: String, cut: Timestamp
    ) async throws -> Digest? {
        guard let calendar = LocalCalendar(zone: zone) else { return nil }
        let window = calendar.day(date)
        let market = try await store.brands().filter { $0.market == brand.market }
        let rows = try await store.trendRows(
            of: market.map(\.id),
            from: calendar.day(LocalDate(dayNumber: date.dayNumber - UsualWeek.farthestDays))
                .lowerBound,
            to: window.upperBound, knownBy: cut)
        let details = try await details(of: rows, window: window, cut: cut)
        let readings = try await SourceRoll(store: store).readings(at: cut)
        let observedFrom = try await store.firstPoll()
        return DigestBuilder(
            brand: brand, competitors: market.filter { $0.id != brand.id }, calendar: calendar,
            cut: cut, mentions: rows.map(TrendMention.init), sources: readings,
            observedFrom: observedFrom
        ).digest(for: date) { details[$0] }
    }

    /// What may be quoted: the mentions of the day, and those of their stories.
    private func details(
        of rows: [TrendRow], window: Range<Timestamp>, cut: Timestamp
    ) async throws -> [Identifier<Mention>: MentionDetail] {
        let stories = Set(rows.filter { window.contains($0.eventAt) }.map(\.story))
        let earliest = window.lowerBound - .days(Self.storyDays)
        let wanted = rows.filter { $0.eventAt >= earliest && stories.contains($0.story) }
        let records = try await store.mentions(wanted.map(\.mention), knownBy: cut)
        return Dictionary(
            uniqueKeysWithValues: records.map { ($0.mention.id, MentionDetail($0)) })
    }
}

extension MentionDetail {
    package init(_ record: MentionRecord) {
        let content = record.entry.content
        self.init(
            title: content.title, text: content.text, url: content.url,
            evidence: record.sentiment.evidence)
    }
}

extension TrendMention {
    init(_ row: TrendRow) {
        self.init(
            id: row.mention, story: row.story, brand: row.brand, source: row.source,
            author: row.author, eventAt: row.eventAt, knownAt: row.knownAt,
            sentiment: row.probabilities, topics: row.topics)
    }
}
