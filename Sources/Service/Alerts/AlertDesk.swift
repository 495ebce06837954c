package import EarshotDomain
package import EarshotStore
import EarshotTrends

/// Runs the ticks of every brand's detector and keeps what they tell.
///
/// A tick comes every five minutes for all brands, and for the brands of a document once it is in.
/// What ticks tell, what is to be delivered of it, and the moment up to which they were run are one
/// transaction. The moment may lag behind where nothing was told: ticks that are run again from it
/// come to the same.
package struct AlertDesk {
    private let store: Store
    private let outbox: @Sendable (AlertNews) throws -> [OutboxDraft]
    private var desks: [Desk] = []
    private var sources: [Identifier<Source>: Source] = [:]
    /// What became known up to then is learned.
    private var readThrough: Timestamp
    /// The last of the five-minute ticks that was run.
    private var lastTick: Timestamp
    private var keptAt: Timestamp

    /// One of a brand.
    private struct Desk {
        let brand: Brand
        var detector: SpikeDetector
        let aspects: [Topic]
    }

    package static let step = Duration.minutes(5)
    /// Between two writings of the watermark where nothing happens; chosen: a month of ticks runs
    /// in a tenth of a second, so six hours more cost a start nothing.
    private static let keepEvery = Duration.hours(6)

    /// Takes up where the store's detectors stopped; those of new brands start at `now`.
    ///
    /// - Parameter outbox: what is to be delivered of a piece of news; ids must be stable.
    package init(
        store: Store, now: Timestamp,
        outbox: @escaping @Sendable (AlertNews) throws -> [OutboxDraft] = { _ in [] }
    ) async throws {
        self.store = store
        self.outbox = outbox
        let kept = Dictionary(
            try await store.detectors().map { ($0.brand, $0) },
            uniquingKeysWith: { first, _ in first })
        let brands = try await store.brands()
        // All start from one moment, the earliest: ticks that are run twice tell nothing twice.
        let from = brands.map { kept[$0.id]?.watermark ?? now }.min() ?? now
        let observedFrom = try await store.firstPoll() ?? now
        readThrough = from
        lastTick = Self.tick(atOrBefore: from)
        keptAt = from
        for brand in brands {
            let standing = kept[brand.id].flatMap { StandingText.standing($0.standing) }
            var detector = SpikeDetector(standing ?? SpikeStanding(observedFrom: observedFrom))
            let rows = try await store.trendRows(
                of: [brand.id], from: SpikeDetector.memory(before: from),
                to: Timestamp(milliseconds: .max), knownBy: from)
            for row in rows { detector.learn(TrendMention(row)) }
            desks.append(
                Desk(
                    brand: brand, detector: detector,
                    aspects: brand.topics.filter { $0.kind == .aspect }))
        }
        try await readSources()
        try await store.record(
            tick: TickRecord(detectors: detectors(at: from), news: [], outbox: [], knownAt: from))
    }

    /// Runs what is missing of the five-minute ticks up to `now`, and tells what happened.
    ///
    /// - Parameter brands: whose documents became known at `now`; each gets a tick of its own.
    @discardableResult
    package mutating func tick(
        brands: [Identifier<Brand>] = [], now: Timestamp
    ) async throws -> [AlertNews] {
        guard now >= readThrough else { return [] }
        var news: [AlertNews] = []
        for moment in try await store.changes(after: readThrough, before: now) {
            news += steps(to: moment)
            news += try await learn(of: desks.map(\.brand.id), at: moment)
        }
        news += steps(to: now)
        if !brands.isEmpty { news += try await learn(of: brands, at: now) }
        readThrough = now
        if !news.isEmpty || now >= keptAt + Self.keepEvery { try await keep(news, at: now) }
        return news
    }

    /// The five-minute ticks up to `end`, of all brands.
    private mutating func steps(to end: Timestamp) -> [AlertNews] {
        var news: [AlertNews] = []
        while lastTick + Self.step <= end {
            lastTick = lastTick + Self.step
            for place in desks.indices { news += tick(place, at: lastTick) }
        }
        return news
    }

    /// Learns what became known at `moment`, then runs a tick of each brand that it touched.
    private mutating func learn(
        of brands: [Identifier<Brand>], at moment: Timestamp
    ) async throws -> [AlertNews] {
        let rows = try await store.trendRows(of: brands, changedAt: moment)
        if rows.contains(where: { sources[$0.source] == nil }) { try await readSources() }
        var news: [AlertNews] = []
        for place in desks.indices {
            let own = rows.filter { $0.brand == desks[place].brand.id }
            guard !own.isEmpty else { continue }
            for row in own { desks[place].detector.learn(TrendMention(row)) }
            news += tick(place, at: moment)
        }
        return news
    }

    private mutating func tick(_ place: Int, at moment: Timestamp) -> [AlertNews] {
        guard let signal = desks[place].detector.tick(at: moment) else { return [] }
        let desk = desks[place]
        let facts = desk.detector.facts(
            of: signal.reading, sources: sources, aspects: desk.aspects)
        return [
            AlertNews(
                brand: desk.brand, openedAt: signal.openedAt,
                event: AlertEvent(kind: signal.kind, knownAt: moment, facts: facts))
        ]
    }

    private mutating func keep(_ news: [AlertNews], at moment: Timestamp) async throws {
        try await store.record(
            tick: TickRecord(
                detectors: detectors(at: moment),
                news: news.map {
                    TickRecord.News(brand: $0.brand.id, openedAt: $0.openedAt, event: $0.event)
                },
                outbox: try news.flatMap(outbox), knownAt: moment))
        keptAt = moment
    }

    private func detectors(at moment: Timestamp) -> [TickRecord.Detector] {
        desks.map {
            TickRecord.Detector(
                brand: $0.brand.id, watermark: moment,
                standing: StandingText.text($0.detector.standing))
        }
    }

    private mutating func readSources() async throws {
        sources = Dictionary(
            try await store.sources(includingRetired: true).map { ($0.source.id, $0.source) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func tick(atOrBefore moment: Timestamp) -> Timestamp {
        let step = step.milliseconds
        let rest = moment.milliseconds % step
        return Timestamp(milliseconds: moment.milliseconds - (rest < 0 ? rest + step : rest))
    }
}
