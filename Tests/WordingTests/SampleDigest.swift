import EarshotDomain

/// A digest made by hand, so that what is worded is known.
enum SampleDigest {
    static let day = LocalDate(year: 2026, month: 3, day: 9)

    static let harbor = Brand(
        id: Identifier(1), key: "harbor", names: ["en": "Harbor", "zh": "港湾"], query: "harbor",
        topics: [], market: "kettles", isCompetitor: false)
    static let rival = Brand(
        id: Identifier(2), key: "rival", names: ["en": "Rival", "zh": "对手"], query: "rival",
        topics: [], market: "kettles", isCompetitor: true)

    static func figure(
        _ value: Double?, usual: Double?, previous: Double? = 5, evidence: Range<Int64> = 1..<1
    ) -> Figure {
        Figure(
            value: value, usual: usual.map { Usual(mean: $0, low: $0 * 0.6, high: $0 * 1.5) },
            previous: previous, history: [nil, 4, 9, 2, value],
            evidence: evidence.map { Identifier($0) })
    }

    static func make(
        _ verdict: Digest.Verdict = .hard, title: String = "", text: String = "漏水了，烧得快",
        url: String? = "https://forum.invalid/1?a=1&b=2", place: String = "水壶论坛",
        mentions: Double = 142, usual: Double? = 91, hours: Int64 = 24,
        series: [TrendBucket] = series, aspects: DigestParts? = nil
    ) -> Digest {
        let start = Timestamp(seconds: Int64(day.dayNumber) * 86_400)
        let clock = WallClock(date: LocalDate(dayNumber: day.dayNumber + 1), hour: 8, minute: 5)
        func expected(_ value: Double) -> Double? { usual == nil ? nil : value }
        let parts = DigestParts(parts: [
            part("leak", ["en": "water leak", "zh": "漏水"], 5, expected(1_600)),
            part("", [:], 2, expected(1_500)),
        ])
        let places = DigestParts(parts: [part("forum", ["en": place], 7, expected(3_100))])
        let story = DigestStory(
            story: Identifier(1), title: MarkedText(text: title),
            excerpt: MarkedText(
                text: text,
                marks: [
                    .init(start: 0, end: 6, weight: -1.5), .init(start: 12, end: 21, weight: 0.4),
                ]),
            url: url, label: .negative, score: -0.82, posts: 14, authors: 9, places: [place],
            firstSeen: start, firstClock: WallClock(date: day, hour: 18, minute: 2), topics: [],
            evidence: [Identifier(1)])
        let rows = (1...9).map { id in
            DigestRow(
                mention: Identifier(id), story: Identifier(1), brand: harbor.id,
                clock: WallClock(date: day, hour: 18, minute: 2), place: place,
                title: title.isEmpty ? text : title, url: url, label: .negative)
        }
        return Digest(
            brand: harbor, competitors: [rival],
            day: DigestDay(
                date: day, zone: "Asia/Shanghai", start: start, end: start + .hours(hours),
                cut: start + .hours(32), cutClock: clock),
            verdict: verdict,
            figures: DigestFigures(
                mentions: figure(mentions, usual: usual, evidence: 1..<10),
                stories: figure(58, usual: expected(49), evidence: 1..<8),
                netSentiment: figure(-0.21, usual: expected(0.12), previous: 0.1),
                shareOfVoice: figure(0.61, usual: expected(0.57), previous: 0.5),
                negative: figure(7, usual: expected(3.1), evidence: 1..<8),
                neutral: figure(2, usual: expected(2), evidence: 8..<10),
                positive: figure(9, usual: expected(4.2))),
            series: series, topStories: [story], aspects: aspects ?? parts,
            products: DigestParts(parts: []),
            places: places,
            negativeAuthors: 8,
            sources: SourceHealth(
                total: 9, onTime: 8, failing: 0,
                silent: [
                    .init(
                        key: "s", name: place, silence: .hours(30), usualGap: .minutes(126),
                        error: nil)
                ]),
            rows: rows)
    }

    private static func part(
        _ key: String, _ names: [String: String], _ negative: Int, _ usual: Double?
    ) -> DigestParts.Part {
        DigestParts.Part(
            key: key, names: names, negative: negative, authors: negative + 1, sources: 3,
            usualThousandths: usual.map { Int($0) }, evidence: [Identifier(1)])
    }

    /// Seven days of six buckets; the sums are 207 negative, 249 neutral, 81 positive.
    static let series: [TrendBucket] = (0..<42).map { place in
        let date = LocalDate(dayNumber: day.dayNumber - 6 + place / 6)
        let start = Timestamp(seconds: Int64(date.dayNumber) * 86_400 + Int64(place % 6) * 14_400)
        return TrendBucket(
            start: start, end: start + .hours(4),
            clock: WallClock(date: date, hour: place % 6 * 4, minute: 0), mentions: 20,
            stories: LabelCounts(
                negative: 3 + place % 5, neutral: 4 + place % 5, positive: place % 5),
            usual: Usual(mean: 6, low: 3, high: 9))
    }
}
