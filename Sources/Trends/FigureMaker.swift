import EarshotDomain

/// The figures of a day, with what is usual, the days before and the rows behind.
struct FigureMaker {
    /// Up to the day itself, which is the last; oldest first.
    let days: [DayCounts]
    /// The first whole day on which the brand was listened to; earlier days have no value.
    let watchedFrom: LocalDate
    let usual: UsualWeek?
    let cut: Timestamp
    let window: Range<Timestamp>
    /// Of the brand and its market.
    let stories: [StoryVoice]
    let brand: Identifier<Brand>
    let hasMarket: Bool

    /// The day's hours that had begun at the cut: nothing is expected of those to come.
    private var hours: ArraySlice<HourCounts> {
        let all = days.last?.hours ?? []
        return all.prefix { $0.start < cut }
    }

    /// What the day's negative and positive stories exceed once in a hundred days; absent while
    /// too few days are known.
    var rare: (negative: Double, positive: Double)? { usual?.rare(in: hours) }

    var figures: DigestFigures {
        let started = stories.filter { window.contains($0.first.eventAt) }
        let own = started.filter { $0.brand == brand }
        let posts = stories.filter { $0.brand == brand }.flatMap(\.members).filter {
            window.contains($0.eventAt)
        }
        let marketCount = days.last?.marketStories ?? 0
        func figure(_ label: Sentiment.Label, usual: Usual?) -> Figure {
            make(usual: usual, evidence: own.filter { $0.label == label }.map(\.first.id)) {
                switch label {
                case .negative: Double($0.stories.negative)
                case .neutral: Double($0.stories.neutral)
                case .positive: Double($0.stories.positive)
                }
            }
        }
        return DigestFigures(
            mentions: make(usual: usual?.mentions(in: hours), evidence: posts.map(\.id)) {
                Double($0.mentions)
            },
            stories: make(usual: usual?.stories(in: hours), evidence: own.map(\.first.id)) {
                Double($0.stories.all)
            },
            netSentiment: make(
                usual: usual?.netSentiment(stories: own.count), evidence: own.map(\.first.id)
            ) { $0.stories.net },
            shareOfVoice: make(
                usual: hasMarket ? usual?.shareOfVoice(marketStories: marketCount) : nil,
                evidence: hasMarket ? started.map(\.first.id) : []
            ) { [hasMarket] day in
                hasMarket && day.marketStories > 0
                    ? Double(day.stories.all) / Double(day.marketStories) : nil
            },
            negative: figure(.negative, usual: usual?.negative(in: hours)),
            neutral: figure(.neutral, usual: usual?.neutral(in: hours)),
            positive: figure(.positive, usual: usual?.positive(in: hours)))
    }

    private func make(
        usual: Usual?, evidence: [Identifier<Mention>], _ value: (DayCounts) -> Double?
    ) -> Figure {
        let today = days.last.flatMap(value)
        let before = days.dropLast().map { $0.date < watchedFrom ? nil : value($0) }
        return Figure(
            value: today, usual: usual, previous: before.last ?? nil, history: before + [today],
            evidence: evidence.sorted())
    }
}
