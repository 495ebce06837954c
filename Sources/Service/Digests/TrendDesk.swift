package import EarshotDomain
package import EarshotStore
package import EarshotTrends

/// Reads a brand's series from what the store knew at a moment.
package struct TrendDesk: Sendable {
    private let store: Store

    package init(store: Store) {
        self.store = store
    }

    /// Buckets of the days `first` through `last`, oldest first, each against the usual.
    package func series(
        of brand: Brand, from first: LocalDate, through last: LocalDate,
        step: TimeSeries.Step, calendar: LocalCalendar, cut: Timestamp
    ) async throws -> TimeSeries {
        let learnedFrom = LocalDate(dayNumber: first.dayNumber - UsualWeek.farthestDays)
        let rows = try await store.trendRows(
            of: [brand.id], from: calendar.day(learnedFrom).lowerBound,
            to: calendar.day(last).upperBound, knownBy: cut)
        return TimeSeries(
            brand: brand.id, mentions: rows.map(TrendMention.init), from: first, through: last,
            step: step, calendar: calendar, cut: cut, observedFrom: try await store.firstPoll())
    }
}
