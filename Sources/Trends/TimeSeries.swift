package import EarshotDomain

/// A brand's series in hours, four hours or days of the reader's wall, against the usual.
package struct TimeSeries: Sendable {
    package enum Step: String, Sendable, CaseIterable {
        case hour, fourHours, day
    }

    /// Oldest first.
    package let buckets: [TrendBucket]

    /// Reads only mentions known by `cut`, and hours that had begun by then; what is usual for a
    /// day is learned from the days before it.
    ///
    /// - Parameters:
    ///   - mentions: of the brand (others are not read), from `UsualWeek.farthestDays` before
    ///     `first` on, in any order.
    ///   - observedFrom: when listening began; absent where the earliest mention tells it.
    package init(
        brand: Identifier<Brand>, mentions: [TrendMention], from first: LocalDate,
        through last: LocalDate, step: Step, calendar: LocalCalendar, cut: Timestamp,
        observedFrom: Timestamp? = nil
    ) {
        let learnedBefore = calendar.day(first).lowerBound
        let stories = KnownStories(
            mentions: mentions.filter { $0.brand == brand }, cut: cut, learnedBefore: learnedBefore
        ).stories
        let watch = Watch(stories: stories, observedFrom: observedFrom, calendar: calendar)
        let all = BrandDays(
            brand: brand, stories: stories, from: watch.firstDay(before: first), through: last,
            calendar: calendar
        ).days
        let shown = all.filter { $0.date >= first }.compactMap { $0.begun(by: cut) }
        buckets = Self.buckets(shown, of: all, watch: watch, step: step)
    }

    /// - Parameters:
    ///   - days: those that are shown.
    ///   - all: from the first day on from which the first of them may learn.
    static func buckets(
        _ days: [DayCounts], of all: [DayCounts], watch: Watch, step: Step
    ) -> [TrendBucket] {
        days.flatMap { day in
            let first = watch.firstDay(before: day.date)
            let usual = UsualWeek(
                learning: all.filter { $0.date >= first && $0.date < day.date })
            let ranges =
                switch step {
                case .hour: day.hours.indices.map { $0..<($0 + 1) }
                case .fourHours: UsualWeek.fourHours(of: day.hours)
                case .day: [day.hours.startIndex..<day.hours.endIndex]
                }
            return ranges.map { range in
                let hours = day.hours[range]
                let band =
                    step == .day
                    ? usual?.stories(in: hours) : usual?.storiesOfFourHours(in: hours)
                return TrendBucket(hours: hours, usual: band)
            }
        }
    }
}

/// From when on a brand was listened to.
struct Watch {
    private let firstWhole: LocalDate?

    init(stories: [StoryVoice], observedFrom: Timestamp?, calendar: LocalCalendar) {
        guard let moment = observedFrom ?? stories.first?.first.eventAt else {
            firstWhole = nil
            return
        }
        let date = calendar.clock(at: moment).date
        let isWhole = calendar.day(date).lowerBound == moment
        firstWhole = isWhole ? date : LocalDate(dayNumber: date.dayNumber + 1)
    }

    /// The first day to learn from for what comes on `date`; `date` itself where there is none.
    func firstDay(before date: LocalDate) -> LocalDate {
        guard let firstWhole else { return date }
        return max(firstWhole, LocalDate(dayNumber: date.dayNumber - UsualWeek.farthestDays))
    }
}

extension TrendBucket {
    /// - Parameter hours: at least one.
    init(hours: ArraySlice<HourCounts>, usual: Usual?) {
        let first = hours[hours.startIndex]
        var stories = LabelCounts()
        for hour in hours {
            stories.negative += hour.stories.negative
            stories.neutral += hour.stories.neutral
            stories.positive += hour.stories.positive
        }
        self.init(
            start: first.start, end: hours[hours.endIndex - 1].end, clock: first.clock,
            mentions: hours.reduce(0) { $0 + $1.mentions }, stories: stories, usual: usual)
    }
}
