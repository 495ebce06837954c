package import EarshotDomain

/// The facts of a local day of a brand, from mentions as known at a moment.
package struct DigestBuilder: Sendable {
    private let brand: Brand
    private let competitors: [Brand]
    private let calendar: LocalCalendar
    private let cut: Timestamp
    private let mentions: [TrendMention]
    private let sources: [SourceReading]
    private let observedFrom: Timestamp?

    /// Days that `Figure.history` and `Digest.series` show.
    private static let historyDays = 14
    private static let seriesDays = 7
    private static let topStories = 5
    /// Chosen: on a hard day a complaint told once stands before a notice copied twice.
    private static let toneFactor = 3
    /// A crowd: fewer negative (or positive) stories or authors make no hard (or good) day; the
    /// alert rule's bar (trends note, section 3).
    private static let crowd = 3

    /// - Parameters:
    ///   - mentions: of the brand and its competitors from `UsualWeek.farthestDays` before the
    ///     day on, in any order; those known after `cut` are not read.
    ///   - observedFrom: when listening began; absent where the earliest mention tells it.
    package init(
        brand: Brand, competitors: [Brand], calendar: LocalCalendar, cut: Timestamp,
        mentions: [TrendMention], sources: [SourceReading], observedFrom: Timestamp? = nil
    ) {
        self.brand = brand
        self.competitors = competitors.sorted { $0.key < $1.key }
        self.calendar = calendar
        self.cut = cut
        let market = Set([brand.id] + competitors.map(\.id))
        self.mentions = mentions.filter { market.contains($0.brand) }
        self.sources = sources
        self.observedFrom = observedFrom
    }

    /// Absent for a date that the zone left out.
    ///
    /// - Parameter detail: what to quote of a mention; absent where it is erased.
    package func digest(
        for date: LocalDate, detail: (Identifier<Mention>) throws -> MentionDetail?
    ) rethrows -> Digest? {
        let window = calendar.day(date)
        guard !window.isEmpty else { return nil }
        let stories = KnownStories(mentions: mentions, cut: cut, learnedBefore: window.lowerBound)
            .stories
        let facts = facts(for: date, window: window, stories: stories)
        let top = topStories(in: window, of: stories, verdict: facts.verdict)
        let names = sourcesByIdentifier
        return Digest(
            brand: brand, competitors: competitors,
            day: DigestDay(
                date: date, zone: calendar.zone, start: window.lowerBound, end: window.upperBound,
                cut: cut, cutClock: calendar.clock(at: cut)),
            verdict: facts.verdict, figures: facts.figures, series: facts.series,
            topStories: try top.map { try story($0, in: window, names: names, detail: detail) },
            aspects: facts.parts.byTopic(brand.topics.filter { $0.kind == .aspect }),
            products: facts.parts.byTopic(brand.topics.filter { $0.kind == .product }),
            places: facts.parts.bySource(names: names),
            negativeAuthors: facts.negativeAuthors,
            sources: SourceHealth(sources, at: cut),
            rows: try rows(window: window, stories: stories, top: top, names: names, detail: detail)
        )
    }

    private var sourcesByIdentifier: [Identifier<Source>: Source] {
        Dictionary(
            sources.map { ($0.source.id, $0.source) }, uniquingKeysWith: { first, _ in first })
    }

    private struct Facts {
        let verdict: Digest.Verdict
        let figures: DigestFigures
        let series: [TrendBucket]
        let parts: ExcessParts
        let negativeAuthors: Int
    }

    private func facts(
        for date: LocalDate, window: Range<Timestamp>, stories: [StoryVoice]
    ) -> Facts {
        let own = stories.filter { $0.brand == brand.id }
        let watch = Watch(stories: own, observedFrom: observedFrom, calendar: calendar)
        let back = LocalDate(dayNumber: date.dayNumber - Self.historyDays)
        let first = watch.firstDay(before: date)
        let all = BrandDays(
            brand: brand.id, stories: stories, from: min(first, back), through: date,
            calendar: calendar
        ).days
        let usual = UsualWeek(learning: all.filter { $0.date >= first && $0.date < date })
        let shown = all.filter { $0.date > back }
        let maker = FigureMaker(
            days: shown, watchedFrom: first, usual: usual, cut: cut, window: window,
            stories: stories, brand: brand.id, hasMarket: !competitors.isEmpty)
        let figures = maker.figures
        let started = own.filter { window.contains($0.first.eventAt) && $0.label == .negative }
        let comparedFrom = calendar.day(
            LocalDate(dayNumber: date.dayNumber - ExcessParts.comparedDays)
        ).lowerBound
        let parts = ExcessParts(
            today: started,
            before: own.filter {
                $0.label == .negative && $0.first.eventAt >= comparedFrom
                    && $0.first.eventAt < window.lowerBound
            }, expected: figures.negative.usual?.mean)
        let authors = Set(started.map(\.first.voice)).count
        return Facts(
            verdict: Self.verdict(figures, rare: maker.rare, negativeAuthors: authors),
            figures: figures,
            series: TimeSeries.buckets(
                Array(shown.suffix(Self.seriesDays)), of: all, watch: watch, step: .fourHours),
            parts: parts, negativeAuthors: authors)
    }

    private static func verdict(
        _ figures: DigestFigures, rare: (negative: Double, positive: Double)?,
        negativeAuthors: Int
    ) -> Digest.Verdict {
        guard let rare, let negative = figures.negative.usual,
            let mentions = figures.mentions.usual, let count = figures.mentions.value
        else { return .unknown }
        let negatives = figures.negative.value ?? 0
        let positives = figures.positive.value ?? 0
        let crowd = Double(crowd)
        if negatives > rare.negative, negatives >= crowd, negativeAuthors >= Self.crowd {
            return .hard
        }
        if positives > rare.positive, positives >= crowd, negatives <= negative.high {
            return .good
        }
        if count > mentions.high { return .busy }
        return count < mentions.low ? .still : .quiet
    }

    /// Most posts first, those of a hard or good day's own tone counted threefold; then the
    /// strongest.
    private func topStories(
        in window: Range<Timestamp>, of stories: [StoryVoice], verdict: Digest.Verdict
    ) -> [StoryVoice] {
        struct Rank {
            let story: StoryVoice
            let posts: Int
            let strength: Double
        }
        let ranks = stories.compactMap { story -> Rank? in
            let posts = story.members.count { window.contains($0.eventAt) }
            guard story.brand == brand.id, posts > 0 else { return nil }
            let score = story.probabilities.positive - story.probabilities.negative
            let ofTheDay =
                (verdict == .hard && story.label == .negative)
                || (verdict == .good && story.label == .positive)
            return Rank(
                story: story, posts: posts * (ofTheDay ? Self.toneFactor : 1),
                strength: abs(score))
        }
        return ranks.sorted {
            ($1.posts, $1.strength, $0.story.first.eventAt, $0.story.first.id)
                < ($0.posts, $0.strength, $1.story.first.eventAt, $1.story.first.id)
        }.prefix(Self.topStories).map(\.story)
    }

    private func story(
        _ story: StoryVoice, in window: Range<Timestamp>, names: [Identifier<Source>: Source],
        detail: (Identifier<Mention>) throws -> MentionDetail?
    ) rethrows -> DigestStory {
        var told: (id: Identifier<Mention>, detail: MentionDetail)?
        for member in story.members where told == nil {
            if let found = try detail(member.id) { told = (member.id, found) }
        }
        let marked = told.map { Excerpt.marked($0.detail) }
        var places: [String] = []
        for member in story.members {
            let name = names[member.source]?.name ?? ""
            if !name.isEmpty, !places.contains(name) { places.append(name) }
        }
        let topics = Set(story.members.flatMap(\.topics))
        let teller = told?.id ?? story.first.id
        return DigestStory(
            story: story.id, title: marked?.title ?? MarkedText(text: ""),
            excerpt: marked?.text ?? MarkedText(text: ""), url: told?.detail.url,
            label: story.label,
            score: story.probabilities.positive - story.probabilities.negative,
            posts: story.members.count { window.contains($0.eventAt) },
            authors: Set(story.members.map(\.voice)).count, places: places,
            firstSeen: story.first.eventAt, firstClock: calendar.clock(at: story.first.eventAt),
            topics: brand.topics.filter { topics.contains($0.key) }.map(\.names),
            evidence: [teller] + story.members.map(\.id).filter { $0 != teller })
    }

    private func rows(
        window: Range<Timestamp>, stories: [StoryVoice], top: [StoryVoice],
        names: [Identifier<Source>: Source],
        detail: (Identifier<Mention>) throws -> MentionDetail?
    ) rethrows -> [DigestRow] {
        let quoted = Set(top.map(\.id))
        var shown: [(mention: TrendMention, label: Sentiment.Label)] = []
        for story in stories {
            let isQuoted = story.brand == brand.id && quoted.contains(story.id)
            for member in story.members where isQuoted || window.contains(member.eventAt) {
                shown.append((member, story.label))
            }
        }
        shown.sort { ($0.mention.eventAt, $0.mention.id) < ($1.mention.eventAt, $1.mention.id) }
        return try shown.map { mention, label in
            let found = try detail(mention.id)
            return DigestRow(
                mention: mention.id, story: mention.story, brand: mention.brand,
                clock: calendar.clock(at: mention.eventAt),
                place: names[mention.source]?.name ?? "",
                title: found.map(Excerpt.headline) ?? "", url: found?.url, label: label)
        }
    }
}
