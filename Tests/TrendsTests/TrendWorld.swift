import EarshotDomain
import EarshotTrends

/// A small invented world: thirty even days of a brand and its competitor, then a leak.
struct TrendWorld {
    static let harbor = Brand(
        id: Identifier(1), key: "harbor", names: ["en": "Harbor"], query: "harbor",
        topics: [
            Topic(key: "leak", kind: .aspect, names: ["en": "water leak"], query: "leak"),
            Topic(key: "price", kind: .aspect, names: ["en": "price"], query: "price"),
        ], market: "kettles", isCompetitor: false)
    static let rival = Brand(
        id: Identifier(2), key: "rival", names: ["en": "Rival"], query: "rival", topics: [],
        market: "kettles", isCompetitor: true)
    /// 2026-02-02, a Monday.
    static let firstDay = 20_486
    static let crisisDay = LocalDate(dayNumber: firstDay + 30)

    static let negative = Sentiment.Probabilities(negative: 0.8, neutral: 0.15, positive: 0.05)
    static let neutral = Sentiment.Probabilities(negative: 0.1, neutral: 0.8, positive: 0.1)
    static let positive = Sentiment.Probabilities(negative: 0.05, neutral: 0.2, positive: 0.75)

    private(set) var mentions: [TrendMention] = []

    init(days: Int = 30, withCrisis: Bool = true) {
        for day in 0..<days {
            for hour in stride(from: 8, to: 20, by: 2) {
                add(day: day, hour: hour, tone: Self.tone(day + hour / 2), topics: [])
                if hour % 4 == 0 {
                    add(day: day, hour: hour, tone: Self.neutral, topics: [], brand: Self.rival)
                }
            }
        }
        guard withCrisis else { return }
        for number in 0..<15 {
            let topics = number < 11 ? ["leak"] : ["price"]
            add(day: days, hour: 16 + number / 4, tone: Self.negative, topics: topics)
        }
    }

    private static func tone(_ place: Int) -> Sentiment.Probabilities? {
        [negative, neutral, positive, nil, positive, neutral][place % 6]
    }

    @discardableResult
    mutating func add(
        day: Int, hour: Int, tone: Sentiment.Probabilities?, topics: [String],
        brand: Brand = Self.harbor, story: Int64? = nil, knownAfter: Duration = .minutes(10)
    ) -> TrendMention {
        let id = Int64(mentions.count + 1)
        let at = Timestamp(
            seconds: Int64(Self.firstDay + day) * 86_400 + Int64(hour) * 3_600 + id % 3_000)
        let mention = TrendMention(
            id: Identifier(id), story: Identifier(story ?? id), brand: brand.id,
            source: Identifier(1 + id % 3), author: id % 7 == 0 ? nil : "author \(id % 40)",
            eventAt: at, knownAt: at + knownAfter, sentiment: tone, topics: topics)
        mentions.append(mention)
        return mention
    }

    static let sources: [SourceReading] = (1...3).map { number in
        let cut = cut(for: crisisDay)
        let source = Source(
            id: Identifier(Int64(number)), key: "source-\(number)", name: "Source \(number)",
            url: "https://source.invalid/\(number)", kind: .social)
        return SourceReading(
            source: source, lastEntryAt: cut - (number == 2 ? .days(5) : .hours(1)), entries: 40,
            watched: .days(20))
    }

    /// Half past eight on the next morning, UTC.
    static func cut(for date: LocalDate) -> Timestamp {
        Timestamp(seconds: Int64(date.dayNumber + 1) * 86_400 + 8 * 3_600 + 1_800)
    }

    static func detail(_ id: Identifier<Mention>) -> MentionDetail {
        MentionDetail(
            title: "", text: "Kettle number \(id.rawValue) leaks",
            url: "https://forum.invalid/\(id.rawValue)",
            evidence: [Sentiment.Evidence(start: 0, end: 6, weight: -1.5)])
    }

    static func digest(
        of mentions: [TrendMention], on date: LocalDate = crisisDay, zone: String = "GMT",
        cut: Timestamp? = nil,
        observedFrom: Timestamp? = Timestamp(
            seconds: Int64(firstDay) * 86_400)
    ) -> Digest? {
        guard let calendar = LocalCalendar(zone: zone) else { return nil }
        return DigestBuilder(
            brand: harbor, competitors: [rival], calendar: calendar,
            cut: cut ?? Self.cut(for: date), mentions: mentions, sources: sources,
            observedFrom: observedFrom
        ).digest(for: date, detail: detail)
    }
}
