import EarshotDomain
import EarshotTrends
import Testing

@Suite struct DigestBuilderTests {
    @Test func tellsOfACrisis() throws {
        let digest = try #require(TrendWorld.digest(of: TrendWorld().mentions))
        #expect(digest.verdict == .hard)
        #expect(digest.figures.negative.value == 15)
        #expect(digest.figures.mentions.value == 15)
        #expect(digest.figures.netSentiment.value == -1)
        // 15 of Harbor's alone: the competitor was silent.
        #expect(digest.figures.shareOfVoice.value == 1)
        #expect(digest.aspects.parts.first?.key == "leak")
        #expect(digest.aspects.parts.first?.negative == 11)
        #expect(digest.topStories.count == 5)
    }

    /// Second source: NumPy and SciPy, the same world in array operations.
    @Test func knowsTheUsual() throws {
        let figures = try #require(TrendWorld.digest(of: TrendWorld().mentions)).figures
        try expect(figures.stories, mean: 6.045_865_892, low: 2, high: 11)
        try expect(figures.negative, mean: 1.079_579_106_2, low: 0, high: 3)
        try expect(
            figures.netSentiment, mean: 0.166_666_666_7, low: -0.125_180_067_3,
            high: 0.458_513_400_7)
        try expect(
            figures.shareOfVoice, mean: 0.666_666_666_7, low: 0.466_461_458_8,
            high: 0.866_871_874_5)
        #expect(figures.stories.previous == 6)
        #expect(figures.stories.history == [Double](repeating: 6, count: 13) + [15])
    }

    private func expect(_ figure: Figure, mean: Double, low: Double, high: Double) throws {
        let usual = try #require(figure.usual)
        #expect(abs(usual.mean - mean) < 1e-9)
        #expect(abs(usual.low - low) < 1e-9)
        #expect(abs(usual.high - high) < 1e-9)
    }

    @Test func aDayLikeTheOthersIsQuiet() throws {
        let world = TrendWorld(days: 31, withCrisis: false)
        let digest = try #require(TrendWorld.digest(of: world.mentions))
        #expect(digest.verdict == .quiet)
    }

    @Test func whatBecomesKnownAfterTheCutChangesNothing() throws {
        var world = TrendWorld()
        let before = TrendWorld.digest(of: world.mentions)
        for hour in 0..<24 {
            world.add(
                day: 30, hour: hour, tone: TrendWorld.positive, topics: ["price"],
                story: Int64(170 + hour), knownAfter: .days(3))
        }
        #expect(TrendWorld.digest(of: world.mentions) == before)
        let later = TrendWorld.digest(of: world.mentions, cut: before?.day.cut ?? .distantFuture)
        #expect(later == before)
        let all = TrendWorld.digest(of: world.mentions, cut: .distantFuture)
        #expect(all?.figures.mentions.value == 39)
    }

    @Test func orderOfInputChangesNothing() throws {
        let mentions = TrendWorld().mentions
        let digest = TrendWorld.digest(of: mentions)
        #expect(TrendWorld.digest(of: mentions.reversed()) == digest)
        let strided = (0..<7).flatMap { start in
            stride(from: start, to: mentions.count, by: 7).map { mentions[$0] }
        }
        #expect(TrendWorld.digest(of: strided) == digest)
    }

    @Test func everyFigureNamesItsRows() throws {
        let digest = try #require(TrendWorld.digest(of: TrendWorld().mentions))
        let figures = digest.figures
        for figure in [
            figures.mentions, figures.stories, figures.negative, figures.neutral, figures.positive,
        ] {
            #expect(Double(figure.evidence.count) == figure.value)
        }
        let rows = Set(digest.rows.map(\.mention))
        let named = [figures.mentions, figures.shareOfVoice].flatMap(\.evidence)
        #expect(rows.isSuperset(of: named))
        #expect(rows.isSuperset(of: digest.topStories.flatMap(\.evidence)))
    }

    @Test func partsAddUpToTheWhole() throws {
        let digest = try #require(TrendWorld.digest(of: TrendWorld().mentions))
        let mean = try #require(digest.figures.negative.usual?.mean)
        for split in [digest.aspects, digest.products, digest.places] {
            #expect(split.parts.reduce(0) { $0 + $1.negative } == 15)
            let usual = split.parts.reduce(0) { $0 + ($1.usualThousandths ?? 0) }
            #expect(usual == Int((mean * 1_000).rounded()))
            #expect(split.parts.reduce(0) { $0 + $1.evidence.count } == 15)
        }
    }

    @Test func copiesCountOnce() throws {
        var world = TrendWorld(days: 31, withCrisis: false)
        let before = try #require(TrendWorld.digest(of: world.mentions))
        let first = try #require(before.figures.mentions.evidence.first)
        for _ in 0..<9 {
            world.add(
                day: 30, hour: 21, tone: TrendWorld.negative, topics: [],
                story: first.rawValue)
        }
        let digest = try #require(TrendWorld.digest(of: world.mentions))
        #expect(digest.figures.stories.value == before.figures.stories.value)
        #expect(digest.figures.mentions.value == 15)
        #expect(digest.topStories.first?.posts == 10)
    }

    @Test(arguments: [(days: 6, isKnown: false), (days: 7, isKnown: true)])
    func nothingIsUsualBeforeAWeek(days: Int, isKnown: Bool) throws {
        let world = TrendWorld(days: days + 1, withCrisis: false)
        let date = LocalDate(dayNumber: TrendWorld.firstDay + days)
        let digest = try #require(TrendWorld.digest(of: world.mentions, on: date))
        #expect((digest.figures.mentions.usual != nil) == isKnown)
        #expect((digest.verdict == .unknown) != isKnown)
        #expect(digest.series.contains { $0.usual != nil } == isKnown)
    }

    /// Berlin, 29 March 2026: clocks go forward; the day ends at 22:00 UTC.
    @Test func aDayOfTwentyThreeHours() throws {
        let date = LocalDate(year: 2026, month: 3, day: 29)
        let world = TrendWorld(days: 60, withCrisis: false)
        let digest = try #require(
            TrendWorld.digest(of: world.mentions, on: date, zone: "Europe/Berlin"))
        #expect(digest.day.hours == 23)
        #expect(digest.figures.mentions.value == 6)
        #expect(digest.series.count == 42)
        #expect(digest.series.last?.end == digest.day.end)
    }

    @Test func aDateThatItsZoneLeftOutHasNoDigest() {
        let date = LocalDate(year: 2011, month: 12, day: 30)
        #expect(TrendWorld.digest(of: [], on: date, zone: "Pacific/Apia") == nil)
    }

    @Test func namesTheSourceThatFellSilent() throws {
        let digest = try #require(TrendWorld.digest(of: TrendWorld().mentions))
        #expect(digest.sources.silent.map(\.key) == ["source-2"])
        #expect(digest.sources.onTime == 2)
        #expect(digest.sources.silent.first?.silence == .days(5))
    }

    /// Second source: NumPy; three stories with (.8, .15, .05), (.1, .8, .1), (.05, .2, .75)
    /// before, shrunk with 40 × (.22, .53, .25), applied to (.5, .3, .2).
    @Test func priorCorrectionAgreesWithAnotherImplementation() throws {
        var world = TrendWorld(days: 0, withCrisis: false)
        for tone in [
            TrendWorld.negative, .init(negative: 0.1, neutral: 0.8, positive: 0.1),
            .init(negative: 0.05, neutral: 0.2, positive: 0.75),
        ] {
            world.add(day: 0, hour: 1, tone: tone, topics: [])
        }
        world.add(
            day: 1, hour: 1, tone: .init(negative: 0.5, neutral: 0.3, positive: 0.2), topics: [])
        let known = KnownStories(
            mentions: world.mentions, cut: .distantFuture,
            learnedBefore: Timestamp(seconds: Int64(TrendWorld.firstDay + 1) * 86_400))
        let story = try #require(known.stories.last)
        #expect(abs(story.probabilities.negative - 0.354_287_790_7) < 1e-9)
        #expect(abs(story.probabilities.neutral - 0.487_281_976_7) < 1e-9)
        #expect(abs(story.probabilities.positive - 0.158_430_232_6) < 1e-9)
        #expect(story.label == .neutral)
    }

    @Test func seriesAddsUpAtEveryStep() throws {
        let calendar = try #require(LocalCalendar(zone: "Europe/Berlin"))
        let mentions = TrendWorld().mentions
        let sums = TimeSeries.Step.allCases.map { step in
            TimeSeries(
                brand: TrendWorld.harbor.id, mentions: mentions,
                from: LocalDate(dayNumber: TrendWorld.firstDay + 14), through: TrendWorld.crisisDay,
                step: step, calendar: calendar, cut: .distantFuture
            ).buckets.reduce(into: [0, 0]) { sum, bucket in
                sum[0] += bucket.mentions
                sum[1] += bucket.stories.negative
            }
        }
        // 16 days of 6 and the crisis; a sixth of the even ones is negative.
        #expect(sums == [[111, 31], [111, 31], [111, 31]])
    }
}

extension Timestamp {
    static let distantFuture = Timestamp(seconds: 4_000_000_000)
}
