/// A local day of one brand for a reader: facts, worded by `Wording`.
package struct Digest: Hashable, Sendable {
    /// What kind of day it was; the first case that holds, in this order.
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// Too few days are known to say what is usual.
        case unknown
        /// More negative stories than on 99 of 100 usual days, at least three, by at least three
        /// authors.
        case hard
        /// The same of positive stories, and no more negative ones than usual.
        case good
        /// More mentions than usual, with the usual tone.
        case busy
        /// Fewer mentions than usual.
        case still
        /// Nothing left its usual band.
        case quiet
    }

    package let brand: Brand
    /// The other brands of its market.
    package let competitors: [Brand]
    package let day: DigestDay
    package let verdict: Verdict
    package let figures: DigestFigures
    /// Buckets of four hours on the wall over seven days, this day the last; oldest first.
    package let series: [TrendBucket]
    /// Most posts first.
    package let topStories: [DigestStory]
    /// What the negative stories are about, by aspect; each story in one part.
    package let aspects: DigestParts
    /// The same by product.
    package let products: DigestParts
    /// The same by source.
    package let places: DigestParts
    /// Authors of the first mentions of the day's negative stories.
    package let negativeAuthors: Int
    package let sources: SourceHealth
    /// What stands behind the figures: the mentions of the day, brand and market, by time.
    package let rows: [DigestRow]

    package init(
        brand: Brand, competitors: [Brand], day: DigestDay, verdict: Verdict,
        figures: DigestFigures, series: [TrendBucket], topStories: [DigestStory],
        aspects: DigestParts, products: DigestParts, places: DigestParts, negativeAuthors: Int,
        sources: SourceHealth, rows: [DigestRow]
    ) {
        self.brand = brand
        self.competitors = competitors
        self.day = day
        self.verdict = verdict
        self.figures = figures
        self.series = series
        self.topStories = topStories
        self.aspects = aspects
        self.products = products
        self.places = places
        self.negativeAuthors = negativeAuthors
        self.sources = sources
        self.rows = rows
    }
}

/// Which day, and as known when.
package struct DigestDay: Hashable, Sendable {
    package let date: LocalDate
    /// IANA name.
    package let zone: String
    /// `start <= event < end`: midnight to midnight, 23 to 25 hours.
    package let start: Timestamp
    package let end: Timestamp
    /// Only what was known by then is read.
    package let cut: Timestamp
    /// `cut` on the reader's wall.
    package let cutClock: WallClock

    package init(
        date: LocalDate, zone: String, start: Timestamp, end: Timestamp, cut: Timestamp,
        cutClock: WallClock
    ) {
        self.date = date
        self.zone = zone
        self.start = start
        self.end = end
        self.cut = cut
        self.cutClock = cutClock
    }

    /// 24 but for days on which the clocks change.
    package var hours: Double { Double((end - start).milliseconds) / 3_600_000 }
}

/// A value with what it is held against and the rows behind it.
package struct Figure: Hashable, Sendable {
    /// Absent where it is undefined: a share of nothing.
    package let value: Double?
    /// Absent while too few days are known.
    package let usual: Usual?
    /// The value of the day before.
    package let previous: Double?
    /// Fourteen days, this one the last; absent where undefined.
    package let history: [Double?]
    /// Ascending.
    package let evidence: [Identifier<Mention>]

    package init(
        value: Double?, usual: Usual?, previous: Double?, history: [Double?],
        evidence: [Identifier<Mention>]
    ) {
        self.value = value
        self.usual = usual
        self.previous = previous
        self.history = history
        self.evidence = evidence
    }
}

/// The figures of a day; stories count at their first mention, and their evidence is that mention.
package struct DigestFigures: Hashable, Sendable {
    package let mentions: Figure
    package let stories: Figure
    /// (positive − negative) / all stories, prior-corrected.
    package let netSentiment: Figure
    /// Stories of the brand / stories of its market, in 0…1; no value without competitors.
    package let shareOfVoice: Figure
    package let negative: Figure
    package let neutral: Figure
    package let positive: Figure

    package init(
        mentions: Figure, stories: Figure, netSentiment: Figure, shareOfVoice: Figure,
        negative: Figure, neutral: Figure, positive: Figure
    ) {
        self.mentions = mentions
        self.stories = stories
        self.netSentiment = netSentiment
        self.shareOfVoice = shareOfVoice
        self.negative = negative
        self.neutral = neutral
        self.positive = positive
    }
}

/// Negative stories of a day split so that the parts add up to the whole.
package struct DigestParts: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        /// Key of a topic or source; empty for those with none.
        package let key: String
        /// What a reader sees, by language tag; empty for those with none.
        package let names: [String: String]
        package let negative: Int
        /// Who told them first, and in how many sources.
        package let authors: Int
        package let sources: Int
        /// Thousandths of a story that add up over the parts; absent while unknown.
        package let usualThousandths: Int?
        package let evidence: [Identifier<Mention>]

        package init(
            key: String, names: [String: String], negative: Int, authors: Int, sources: Int,
            usualThousandths: Int?, evidence: [Identifier<Mention>]
        ) {
            self.key = key
            self.names = names
            self.negative = negative
            self.authors = authors
            self.sources = sources
            self.usualThousandths = usualThousandths
            self.evidence = evidence
        }
    }

    /// The largest excess over the usual first.
    package let parts: [Part]

    package init(parts: [Part]) {
        self.parts = parts
    }
}

/// Text with the spans that decided.
package struct MarkedText: Hashable, Sendable {
    package struct Mark: Hashable, Sendable {
        /// UTF-8 bytes of `text`, on scalar boundaries, `start < end`.
        package let start: Int
        package let end: Int
        /// Added to ln(P(positive) / P(negative)), in nats.
        package let weight: Double

        package init(start: Int, end: Int, weight: Double) {
            self.start = start
            self.end = end
            self.weight = weight
        }
    }

    package let text: String
    /// In reading order, never overlapping.
    package let marks: [Mark]

    package init(text: String, marks: [Mark] = []) {
        self.text = text
        self.marks = marks
    }
}

/// A story of the day with the mention that tells it.
package struct DigestStory: Hashable, Sendable {
    package let story: Identifier<Story>
    /// Empty where the mention has none.
    package let title: MarkedText
    /// The part of the text round the words that decided; an ellipsis where it was cut.
    package let excerpt: MarkedText
    /// As the publisher wrote it: hostile.
    package let url: String?
    package let label: Sentiment.Label
    /// Prior-corrected P(positive) − P(negative), in −1…1.
    package let score: Double
    package let posts: Int
    package let authors: Int
    /// Names, by first appearance.
    package let places: [String]
    package let firstSeen: Timestamp
    package let firstClock: WallClock
    /// Names of its topics by language tag.
    package let topics: [[String: String]]
    /// Mentions known by the cut, the one that tells it first.
    package let evidence: [Identifier<Mention>]

    package init(
        story: Identifier<Story>, title: MarkedText, excerpt: MarkedText, url: String?,
        label: Sentiment.Label, score: Double, posts: Int, authors: Int, places: [String],
        firstSeen: Timestamp, firstClock: WallClock, topics: [[String: String]],
        evidence: [Identifier<Mention>]
    ) {
        self.story = story
        self.title = title
        self.excerpt = excerpt
        self.url = url
        self.label = label
        self.score = score
        self.posts = posts
        self.authors = authors
        self.places = places
        self.firstSeen = firstSeen
        self.firstClock = firstClock
        self.topics = topics
        self.evidence = evidence
    }
}

/// A mention behind a figure.
package struct DigestRow: Hashable, Sendable {
    package let mention: Identifier<Mention>
    package let story: Identifier<Story>
    package let brand: Identifier<Brand>
    package let clock: WallClock
    package let place: String
    /// The title, or the beginning of the text.
    package let title: String
    /// As the publisher wrote it: hostile.
    package let url: String?
    /// The story's.
    package let label: Sentiment.Label

    package init(
        mention: Identifier<Mention>, story: Identifier<Story>, brand: Identifier<Brand>,
        clock: WallClock, place: String, title: String, url: String?, label: Sentiment.Label
    ) {
        self.mention = mention
        self.story = story
        self.brand = brand
        self.clock = clock
        self.place = place
        self.title = title
        self.url = url
        self.label = label
    }
}

/// How well the sources answer.
package struct SourceHealth: Hashable, Sendable {
    /// A source that gave nothing for longer than its pace explains.
    package struct Silent: Hashable, Sendable {
        package let key: String
        package let name: String
        package let silence: Duration
        /// Between two of its entries, before it went silent.
        package let usualGap: Duration
        /// Why its last poll failed; absent where it answers but has nothing new.
        package let error: String?

        package init(
            key: String, name: String, silence: Duration, usualGap: Duration, error: String?
        ) {
            self.key = key
            self.name = name
            self.silence = silence
            self.usualGap = usualGap
            self.error = error
        }
    }

    package let total: Int
    /// Neither silent nor failing.
    package let onTime: Int
    /// Last poll failed.
    package let failing: Int
    /// Longest silence against its pace first.
    package let silent: [Silent]

    package init(total: Int, onTime: Int, failing: Int, silent: [Silent]) {
        self.total = total
        self.onTime = onTime
        self.failing = failing
        self.silent = silent
    }
}
