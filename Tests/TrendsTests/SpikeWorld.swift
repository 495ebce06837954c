import EarshotDomain
import EarshotTrends

/// Forty even days of a brand, twelve stories a day of which three are negative, and what a test
/// adds to them.
struct SpikeWorld {
    static let brand = Identifier<Brand>(1)
    /// 2026-01-05, a Monday.
    static let start = Timestamp(seconds: 20_458 * 86_400)
    /// Noon of the forty-first day.
    static let crisis = start + .days(40) + .hours(12)
    static let negative = Sentiment.Probabilities(negative: 0.8, neutral: 0.15, positive: 0.05)
    static let neutral = Sentiment.Probabilities(negative: 0.1, neutral: 0.8, positive: 0.1)

    private(set) var mentions: [TrendMention] = []

    init(days: Int = 45) {
        for day in 0..<days {
            for place in 0..<12 {
                add(
                    at: Self.start + .days(Int64(day)) + .minutes(Int64(place * 110 + 25)),
                    place % 4 == 1 ? Self.negative : Self.neutral)
            }
        }
    }

    mutating func add(
        at eventAt: Timestamp, _ tone: Sentiment.Probabilities, story: Int64? = nil,
        author: String? = nil, topics: [String] = [], late: Duration = .minutes(7)
    ) {
        let id = Int64(mentions.count + 1)
        mentions.append(
            TrendMention(
                id: Identifier(id), story: Identifier(story ?? id), brand: Self.brand,
                source: Identifier(1 + id % 3), author: author ?? "author \(id)",
                eventAt: eventAt, knownAt: eventAt + late, sentiment: tone, topics: topics))
    }

    /// Every five minutes, from the first day to the end of the last; each mention is learned at
    /// its `knownAt`.
    static func signals(
        _ mentions: [TrendMention], until end: Timestamp = start + .days(45)
    ) -> [SpikeSignal] {
        var detector = SpikeDetector(SpikeStanding(observedFrom: start))
        return run(&detector, mentions, from: start, until: end)
    }

    static func run(
        _ detector: inout SpikeDetector, _ mentions: [TrendMention], from start: Timestamp,
        until end: Timestamp
    ) -> [SpikeSignal] {
        let arriving = mentions.enumerated().sorted {
            ($0.element.knownAt, $0.offset) < ($1.element.knownAt, $1.offset)
        }.map(\.element)
        var signals: [SpikeSignal] = []
        var next = arriving.firstIndex { $0.knownAt > start } ?? arriving.count
        var now = start
        while now < end {
            now = now + .minutes(5)
            while next < arriving.count, arriving[next].knownAt <= now {
                detector.learn(arriving[next])
                next += 1
            }
            if let signal = detector.tick(at: now) { signals.append(signal) }
        }
        return signals
    }
}
