/// What is usual for a figure, told from the days before.
package struct Usual: Hashable, Sendable {
    /// The expected value.
    package let mean: Double
    /// Nine values in ten lie in `low...high` where nothing happens.
    package let low: Double
    package let high: Double

    package init(mean: Double, low: Double, high: Double) {
        self.mean = mean
        self.low = low
        self.high = high
    }
}

/// Stories by label; a story counts once, when its first mention appeared.
package struct LabelCounts: Hashable, Sendable {
    package var negative: Int
    package var neutral: Int
    package var positive: Int

    package init(negative: Int = 0, neutral: Int = 0, positive: Int = 0) {
        self.negative = negative
        self.neutral = neutral
        self.positive = positive
    }

    package var all: Int { negative + neutral + positive }

    /// (positive − negative) / all, in −1…1; absent where there are none.
    package var net: Double? {
        all == 0 ? nil : Double(positive - negative) / Double(all)
    }
}

/// A stretch of a brand's series, by the time of the event.
package struct TrendBucket: Hashable, Sendable {
    /// `start <= event < end`.
    package let start: Timestamp
    package let end: Timestamp
    /// `start` on the reader's wall.
    package let clock: WallClock
    package let mentions: Int
    package let stories: LabelCounts
    /// Of `stories.all`; absent while too few days are known.
    package let usual: Usual?

    package init(
        start: Timestamp, end: Timestamp, clock: WallClock, mentions: Int, stories: LabelCounts,
        usual: Usual?
    ) {
        self.start = start
        self.end = end
        self.clock = clock
        self.mentions = mentions
        self.stories = stories
        self.usual = usual
    }
}
