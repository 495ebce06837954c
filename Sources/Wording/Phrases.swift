package import EarshotDomain

/// Every sentence and word that a reader sees, once per language: what a translator reads.
///
/// Numbers come in worded by `Numerals`; a count that rules a plural comes with its value.
package protocol Phrases: Sendable {
    /// BCP 47 tag for documents.
    var tag: String { get }

    // The first sentence, by the kind of day; `day` is worded by `stretch`.
    func hardDay(_ brand: String, _ day: DayPart, _ told: Crowd) -> String
    func goodDay(_ brand: String, _ positive: Count, usual: Count) -> String
    func busyDay(_ brand: String, _ mentions: Count, usual: Count) -> String
    func stillDay(_ brand: String, _ mentions: Count, usual: Count) -> String
    func quietDay(_ brand: String, _ mentions: Count, usual: Count) -> String
    func unknownDay(_ brand: String, _ mentions: Count, stories: Count) -> String

    // The second sentence: what stands behind the first.
    func negatives(_ negative: Count, usual: Count, topic: Carrier?, place: Carrier?) -> String
    func tones(negative: Count, neutral: Count, positive: Count) -> String
    var noUsual: String { get }
    var noUsualYet: String { get }

    // Dates and times.
    func date(_ date: LocalDate) -> String
    func shortDay(_ date: LocalDate) -> String
    func dayAndTime(_ clock: WallClock) -> String
    func weekday(_ date: LocalDate) -> String
    func dayLine(_ day: DigestDay, hours: String) -> String
    func span(_ duration: Duration) -> String

    // Figures.
    var mentions: String { get }
    var stories: String { get }
    var netSentiment: String { get }
    var shareOfVoice: String { get }
    func change(_ change: Change, on date: LocalDate) -> String
    func dayBefore(_ value: String) -> String
    func label(_ label: Sentiment.Label) -> String

    // Headings and labels.
    var tone: String { get }
    var sevenDays: String { get }
    var usualForTheHours: String { get }
    var usualWord: String { get }
    var time: String { get }
    var aspects: String { get }
    var products: String { get }
    var places: String { get }
    var noTopic: String { get }
    var noPlace: String { get }
    var otherParts: String { get }
    var whereNegativesComeFrom: String { get }
    var sum: String { get }
    var topStories: String { get }
    var noStories: String { get }
    var sources: String { get }
    var rowsBehind: String { get }
    var behindMentions: String { get }
    var behindStories: String { get }
    var behindVoice: String { get }
    var tableOfChart: String { get }
    var erased: String { get }
    var everyFigureOpens: String { get }
    var quotes: (opening: String, closing: String) { get }
    func posts(_ posts: Int, authors: Int) -> String
    func weight(_ amount: String, isNegative: Bool) -> String
    func onTime(_ count: Int, of all: Int) -> String
    func silent(_ name: String, for silence: String, usual: String) -> String
    func firstRows(_ shown: Int, of all: Int) -> String
    func asKnown(_ clock: WallClock) -> String
    func digestTitle(_ brand: String, _ date: LocalDate) -> String

    // The chart, for those who hear it.
    func chartTitle(_ brand: String, from first: LocalDate, to last: LocalDate) -> String
    func chartDescription(negative: Int, stories: Int, peak: WallClock?) -> String
}

/// A number with its words, so that a plural can follow it.
package struct Count: Hashable, Sendable {
    package let value: Double
    /// As `Numerals` writes it.
    package let text: String

    package init(value: Double, text: String) {
        self.value = value
        self.text = text
    }
}

/// A part of the day that holds most of what happened.
package enum DayPart: Hashable, Sendable {
    case wholeDay, night, morning, afternoon, evening
}

/// Who told a bad story, and where.
package struct Crowd: Hashable, Sendable {
    /// The topic that carries it, as a reader names it; absent where none stands out.
    package let topic: String?
    package let negatives: Int
    package let authors: Int
    package let places: Int

    package init(topic: String?, negatives: Int, authors: Int, places: Int) {
        self.topic = topic
        self.negatives = negatives
        self.authors = authors
        self.places = places
    }
}

/// A topic or source that carries a part of the negative stories.
package struct Carrier: Hashable, Sendable {
    package let name: String
    package let stories: Int
    /// There are no other stories.
    package let isAll: Bool

    package init(name: String, stories: Int, isAll: Bool) {
        self.name = name
        self.stories = stories
        self.isAll = isAll
    }
}

/// A value against the usual.
package struct Change: Hashable, Sendable {
    package enum Direction: Hashable, Sendable {
        case more, less, same
    }

    package enum Kind: Hashable, Sendable {
        case count, level, share
    }

    package let direction: Direction
    package let kind: Kind
    /// Unsigned, as `Numerals` writes it; a share in points.
    package let amount: String
    package let usual: String

    package init(direction: Direction, kind: Kind, amount: String, usual: String) {
        self.direction = direction
        self.kind = kind
        self.amount = amount
        self.usual = usual
    }
}
