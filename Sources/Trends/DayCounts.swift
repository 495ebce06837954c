package import EarshotDomain

/// An hour of a day: what of one brand, and of its market, falls into it.
package struct HourCounts: Hashable, Sendable {
    /// `start <= event < end`; shorter than an hour only where the day ends on half an hour.
    package let start: Timestamp
    package let end: Timestamp
    /// `start` on the reader's wall.
    package let clock: WallClock
    package var mentions = 0
    package var stories = LabelCounts()
    /// Stories of all brands of the market.
    package var marketStories = 0

    /// 0 Monday 00:00 … 167 Sunday 23:00.
    package var hourOfWeek: Int { clock.date.weekday * 24 + clock.hour }
    package var length: Double { Double((end - start).milliseconds) / 3_600_000 }
}

/// A local day cut into hours from its midnight on.
package struct DayCounts: Hashable, Sendable {
    package let date: LocalDate
    package var hours: [HourCounts]

    /// The day without the hours that begin after `moment`; absent where none is left.
    func begun(by moment: Timestamp) -> DayCounts? {
        var day = self
        day.hours = hours.filter { $0.start <= moment }
        return day.hours.isEmpty ? nil : day
    }

    package var mentions: Int { hours.reduce(0) { $0 + $1.mentions } }
    package var marketStories: Int { hours.reduce(0) { $0 + $1.marketStories } }
    package var stories: LabelCounts {
        hours.reduce(into: LabelCounts()) { sum, hour in
            sum.negative += hour.stories.negative
            sum.neutral += hour.stories.neutral
            sum.positive += hour.stories.positive
        }
    }
}

/// The series of one brand in hours of local days, by the time of the event.
package struct BrandDays: Sendable {
    /// Oldest first; dates that the zone left out are missing.
    package private(set) var days: [DayCounts]

    /// - Parameter stories: of the brand and its market, as known at the moment that matters.
    package init(
        brand: Identifier<Brand>, stories: [StoryVoice], from first: LocalDate,
        through last: LocalDate, calendar: LocalCalendar
    ) {
        days = []
        guard first <= last else { return }
        for number in first.dayNumber...last.dayNumber {
            let date = LocalDate(dayNumber: number)
            let bounds = calendar.day(date)
            guard !bounds.isEmpty else { continue }
            var hours: [HourCounts] = []
            var start = bounds.lowerBound
            while start < bounds.upperBound {
                let end = min(start + .hours(1), bounds.upperBound)
                hours.append(HourCounts(start: start, end: end, clock: calendar.clock(at: start)))
                start = end
            }
            days.append(DayCounts(date: date, hours: hours))
        }
        for story in stories {
            count(story, of: brand)
        }
    }

    private mutating func count(_ story: StoryVoice, of brand: Identifier<Brand>) {
        if let (day, hour) = place(of: story.first.eventAt) {
            days[day].hours[hour].marketStories += 1
            if story.brand == brand {
                switch story.label {
                case .negative: days[day].hours[hour].stories.negative += 1
                case .neutral: days[day].hours[hour].stories.neutral += 1
                case .positive: days[day].hours[hour].stories.positive += 1
                }
            }
        }
        guard story.brand == brand else { return }
        for member in story.members {
            if let (day, hour) = place(of: member.eventAt) {
                days[day].hours[hour].mentions += 1
            }
        }
    }

    /// The day and its hour that hold a moment.
    private func place(of moment: Timestamp) -> (day: Int, hour: Int)? {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle].hours[0].start <= moment { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let day = days[low - 1]
        let hour = Int((moment - day.hours[0].start).milliseconds / 3_600_000)
        return hour < day.hours.count && moment < day.hours[hour].end ? (low - 1, hour) : nil
    }
}
