package import EarshotDomain

package struct EnglishPhrases: Phrases {
    package init() {}

    package let tag = "en"

    private let numerals = Numerals(language: .en)
    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    package func hardDay(_ brand: String, _ day: DayPart, _ told: Crowd) -> String {
        let stretch =
            switch day {
            case .wholeDay: "day"
            case .night: "night"
            case .morning: "morning"
            case .afternoon: "afternoon"
            case .evening: "evening"
            }
        let what = told.topic ?? counted(told.negatives, "negative story", "negative stories")
        let people = counted(told.authors, "person", "people")
        let places = counted(told.places, "place", "places")
        return "\(brand) had a hard \(stretch): \(what), told by \(people) in \(places)."
    }

    package func goodDay(_ brand: String, _ positive: Count, usual: Count) -> String {
        "\(brand) had a good day: \(stories(positive, "positive")) \(whereUsual(usual))."
    }

    package func busyDay(_ brand: String, _ mentions: Count, usual: Count) -> String {
        "\(brand) was talked about more than usual: \(self.mentions(mentions)) "
            + "\(whereUsual(usual))."
    }

    package func stillDay(_ brand: String, _ mentions: Count, usual: Count) -> String {
        mentions.value == 0
            ? "Nobody spoke of \(brand), \(whereUsual(usual))."
            : "\(brand) was talked about less than usual: \(self.mentions(mentions)) "
                + "\(whereUsual(usual))."
    }

    package func quietDay(_ brand: String, _ mentions: Count, usual: Count) -> String {
        "A quiet day for \(brand): \(self.mentions(mentions)) \(whereUsual(usual))."
    }

    package func unknownDay(_ brand: String, _ mentions: Count, stories: Count) -> String {
        mentions.value == 0
            ? "Nobody spoke of \(brand)."
            : "\(brand): \(self.mentions(mentions)) in \(self.stories(stories, nil))."
    }

    package func negatives(
        _ negative: Count, usual: Count, topic: Carrier?, place: Carrier?
    ) -> String {
        let parts = [
            topic.map { "\(part($0)) about \($0.name)" },
            place.map { "\(part($0)) on \($0.name)" },
        ].compactMap(\.self)
        let carried = parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
        return "\(stories(negative, "negative")) \(whereUsual(usual))\(carried)."
    }

    package func tones(negative: Count, neutral: Count, positive: Count) -> String {
        let all = negative.value + neutral.value + positive.value
        return "\(negative.text) negative, \(neutral.text) neutral and \(positive.text) positive "
            + (all == 1 ? "story." : "stories.")
    }

    package let noUsual = "no usual yet"
    package let noUsualYet = "Too few days are known yet to say what is usual."

    package func date(_ date: LocalDate) -> String {
        "\(weekday(date)) \(date.day) \(month(date)) \(date.year)"
    }

    package func shortDay(_ date: LocalDate) -> String {
        "\(weekday(date).prefix(3)) \(date.day)"
    }

    package func dayAndTime(_ clock: WallClock) -> String {
        "\(weekday(clock.date).prefix(3)) \(clock.date.day) \(month(clock.date).prefix(3)), "
            + clockText(clock)
    }

    package func weekday(_ date: LocalDate) -> String { Self.weekdays[date.weekday] }

    package func dayLine(_ day: DigestDay, hours: String) -> String {
        let soFar = day.cut < day.end ? ", so far" : ""
        let length = (day.hours == 24 ? "" : ", a \(hours)-hour day") + soFar
        return "\(date(day.date))\(length) · \(day.zone)"
    }

    package func span(_ duration: Duration) -> String {
        let hours = Double(duration.milliseconds) / 3_600_000
        if hours < 1 { return "\(numerals.usual(max(1, (hours * 60).rounded())))\u{A0}min" }
        if hours < 48 { return "\(numerals.usual(hours))\u{A0}h" }
        return "\(numerals.usual(hours / 24))\u{A0}days"
    }

    package let mentions = "Mentions"
    package let stories = "Stories"
    package let netSentiment = "Net sentiment"
    package let shareOfVoice = "Share of voice"

    package func change(_ change: Change, on date: LocalDate) -> String {
        let unit = change.kind == .share ? (change.amount == "1" ? " point" : " points") : ""
        let sign = change.direction == .more ? "+" : Numerals.minus
        let usual =
            change.kind == .count
            ? "a usual \(weekday(date)) (\(change.usual))" : "the usual \(change.usual)"
        return switch change.direction {
        case .same: "the same as \(usual)"
        case .more, .less: "\(sign)\(change.amount)\(unit) on \(usual)"
        }
    }

    package func dayBefore(_ value: String) -> String { "day before: \(value)" }

    package func label(_ label: Sentiment.Label) -> String {
        switch label {
        case .negative: "negative"
        case .neutral: "neutral"
        case .positive: "positive"
        }
    }

    package let tone = "Tone of the stories"
    package let sevenDays = "Seven days"
    package let usualForTheHours = "usual for the hours"
    package let usualWord = "usual"
    package let time = "Time"
    package let aspects = "Aspect, each story once"
    package let products = "Product, each story once"
    package let places = "Source"
    package let noTopic = "none of these"
    package let noPlace = "unknown source"
    package let otherParts = "all others"
    package let whereNegativesComeFrom = "Negative stories against the usual"
    package let sum = "sum"
    package let topStories = "Stories"
    package let noStories = "No stories on this day."
    package let sources = "Sources"
    package let rowsBehind = "The rows behind the figures"
    package let behindMentions = "Mentions"
    package let behindStories = "Stories by tone, each by its first mention"
    package let behindVoice = "Stories of the market"
    package let tableOfChart = "The same numbers as a table"
    package let erased = "no longer stored"
    package let everyFigureOpens = "every figure opens the rows behind it"

    package let quotes = (opening: "“", closing: "”")

    package func posts(_ posts: Int, authors: Int) -> String {
        counted(posts, "post", "posts") + ", " + counted(authors, "author", "authors")
    }

    package func weight(_ amount: String, isNegative: Bool) -> String {
        "\(amount) towards \(isNegative ? "negative" : "positive")"
    }

    package func onTime(_ count: Int, of all: Int) -> String {
        "\(numerals.integer(count)) of \(numerals.integer(all)) on time"
    }

    package func silent(_ name: String, for silence: String, usual: String) -> String {
        "\(name) silent for \(silence), usually every \(usual)"
    }

    package func firstRows(_ shown: Int, of all: Int) -> String {
        "the first \(numerals.integer(shown)) of \(numerals.integer(all))"
    }

    package func asKnown(_ clock: WallClock) -> String {
        "Figures as known on \(date(clock.date)) at \(clockText(clock))."
    }

    package func digestTitle(_ brand: String, _ date: LocalDate) -> String {
        "\(brand) · \(self.date(date))"
    }

    package func chartTitle(
        _ brand: String, from first: LocalDate, to last: LocalDate
    ) -> String {
        let start =
            (first.month, first.year) == (last.month, last.year)
            ? "\(first.day)" : "\(first.day) \(month(first))"
        return "\(brand), stories by tone, \(start)–\(last.day) \(month(last)) \(last.year)"
    }

    package func chartDescription(negative: Int, stories: Int, peak: WallClock?) -> String {
        let sums =
            "\(counted(stories, "story", "stories")) in seven days, "
            + "\(numerals.integer(negative)) of them negative"
        return sums + (peak.map { "; most negative ones from \(dayAndTime($0)) on." } ?? ".")
    }

    private func part(_ carrier: Carrier) -> String {
        carrier.isAll ? "all" : numerals.integer(carrier.stories)
    }

    private func clockText(_ clock: WallClock) -> String { Clock.text(clock) }

    private func month(_ date: LocalDate) -> String {
        (1...12).contains(date.month) ? Self.months[date.month - 1] : "\(date.month)"
    }

    private func counted(_ value: Int, _ one: String, _ many: String) -> String {
        "\(numerals.integer(value)) \(value == 1 ? one : many)"
    }

    private func mentions(_ count: Count) -> String {
        count.value == 0 ? "no mentions" : "\(count.text) mention\(count.value == 1 ? "" : "s")"
    }

    private func stories(_ count: Count, _ tone: String?) -> String {
        let noun = count.value == 1 ? "story" : "stories"
        let number = count.value == 0 ? "no" : count.text
        return [number, tone, noun].compactMap(\.self).joined(separator: " ")
    }

    private func whereUsual(_ usual: Count) -> String {
        "where \(usual.text) \(usual.text == "1" ? "is" : "are") usual"
    }
}
