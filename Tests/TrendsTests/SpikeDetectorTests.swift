import EarshotDomain
import EarshotTrends
import Testing

@Suite struct SpikeDetectorTests {
    private static func withCrisis() -> SpikeWorld {
        var world = SpikeWorld()
        for number in 0..<20 {
            world.add(
                at: SpikeWorld.crisis + .minutes(Int64(number * 9)), SpikeWorld.negative,
                topics: ["leak"])
        }
        return world
    }

    @Test func opensOnceAndResolves() {
        let signals = SpikeWorld.signals(Self.withCrisis().mentions)
        #expect(signals.filter { $0.kind == .opened }.count == 1)
        #expect(signals.first?.kind == .opened)
        #expect(signals.last?.kind == .resolved)
        #expect(signals.filter { $0.kind == .resolved }.count == 1)
        guard let opened = signals.first else { return }
        #expect(opened.openedAt > SpikeWorld.crisis)
        #expect(opened.openedAt < SpikeWorld.crisis + .hours(3))
        #expect(opened.reading.negatives >= 3 && opened.reading.authors >= 3)
        #expect(signals.allSatisfy { $0.openedAt == opened.openedAt })
    }

    @Test func tellsOfGrowthNoSoonerThanSixHoursLater() {
        var world = Self.withCrisis()
        for number in 0..<60 {
            world.add(
                at: SpikeWorld.crisis + .hours(8) + .minutes(Int64(number * 4)),
                SpikeWorld.negative)
        }
        let signals = SpikeWorld.signals(world.mentions)
        let updates = signals.filter { $0.kind == .updated }
        #expect(!updates.isEmpty)
        for (before, after) in zip(signals, updates) {
            #expect(after.reading.end >= before.reading.end + .hours(6))
            #expect(after.reading.excessThousandths >= 2 * before.reading.excessThousandths)
        }
    }

    @Test func keepsSilentOnMoreOfTheUsualMix() {
        var world = SpikeWorld()
        for number in 0..<80 {
            world.add(
                at: SpikeWorld.crisis + .minutes(Int64(number * 3)),
                number % 4 == 1 ? SpikeWorld.negative : SpikeWorld.neutral)
        }
        #expect(SpikeWorld.signals(world.mentions).isEmpty)
    }

    @Test func keepsSilentOnCopiesOfOneStory() {
        var world = SpikeWorld()
        for number in 0..<60 {
            world.add(
                at: SpikeWorld.crisis + .minutes(Int64(number * 3)), SpikeWorld.negative,
                story: 900_000)
        }
        #expect(SpikeWorld.signals(world.mentions).isEmpty)
    }

    /// The same crisis that opens an alert, told by two people.
    @Test func keepsSilentOnTwoAuthorsStories() {
        let told = Self.withCrisis().mentions.map { $0.told(by: "author \($0.id.rawValue % 2)") }
        #expect(SpikeWorld.signals(told).isEmpty)
    }

    @Test func keepsSilentBeforeAWeekIsKnown() {
        var world = SpikeWorld(days: 5)
        for number in 0..<30 {
            world.add(
                at: SpikeWorld.start + .days(4) + .minutes(Int64(number * 5)),
                SpikeWorld.negative)
        }
        let until = SpikeWorld.start + .days(6)
        #expect(SpikeWorld.signals(world.mentions, until: until).isEmpty)
    }

    /// What became known at one moment may be learned in any order.
    @Test(arguments: [UInt64(1), 2, 3]) func answersTheSameInAnyOrderOfArrival(seed: UInt64) {
        let world = Self.withCrisis()
        let expected = SpikeWorld.signals(world.mentions)
        // Known on the hour, so that many share a moment.
        let hourly = world.mentions.map { $0.known(at: $0.knownAt.nextHour) }
        let shuffled = hourly.shuffled(seed: seed)
        #expect(SpikeWorld.signals(hourly) == SpikeWorld.signals(shuffled))
        #expect(!expected.isEmpty)
    }

    /// Late mentions, a corrected label and a story that turns out to have begun earlier leave the
    /// state that a rebuild from what is known has.
    @Test(arguments: [UInt64(11), 12]) func isRebuiltFromWhatIsKnown(seed: UInt64) {
        var world = Self.withCrisis()
        for number in 0..<40 {
            world.add(
                at: SpikeWorld.start + .days(Int64(number)) + .hours(3), SpikeWorld.negative,
                story: number % 3 == 0 ? Int64(number * 12 + 1) : nil, late: .days(2))
        }
        let corrected = world.mentions.enumerated().map { place, mention in
            place % 17 == 0 ? mention.told(SpikeWorld.negative) : mention
        }
        let until = SpikeWorld.start + .days(44)
        var grown = SpikeDetector(SpikeStanding(observedFrom: SpikeWorld.start))
        _ = SpikeWorld.run(&grown, world.mentions, from: SpikeWorld.start, until: until)
        for mention in corrected.shuffled(seed: seed) where mention.knownAt <= until {
            grown.learn(mention)
        }
        var rebuilt = SpikeDetector(grown.standing)
        for mention in corrected where mention.knownAt <= until { rebuilt.learn(mention) }
        for hours in SpikeTest.windows {
            let (one, other) = (
                grown.reading(hours: hours, at: until), rebuilt.reading(hours: hours, at: until)
            )
            #expect(one != nil)
            #expect(one == other)
        }
        let end = until + .days(1)
        #expect(
            SpikeWorld.run(&grown, corrected, from: until, until: end)
                == SpikeWorld.run(&rebuilt, corrected, from: until, until: end))
        #expect(grown.standing == rebuilt.standing)
    }

    @Test func partsAddUpToTheExcess() throws {
        let world = Self.withCrisis()
        var detector = SpikeDetector(SpikeStanding(observedFrom: SpikeWorld.start))
        let signals = SpikeWorld.run(
            &detector, world.mentions, from: SpikeWorld.start,
            until: SpikeWorld.crisis + .hours(3))
        let opened = try #require(signals.first)
        let found = detector.reading(
            hours: opened.reading.hours, at: SpikeWorld.crisis + .hours(3))
        let reading = try #require(found)
        let aspects = [
            Topic(key: "leak", kind: .aspect, names: ["en": "leak"], query: "leak"),
            Topic(key: "price", kind: .aspect, names: ["en": "price"], query: "price"),
        ]
        let facts = detector.facts(of: reading, sources: [:], aspects: aspects)
        for split in [facts.sources, facts.stories, facts.aspects] {
            #expect(
                split.parts.reduce(0) { $0 + $1.excessThousandths } == reading.excessThousandths)
            #expect(split.parts.reduce(0) { $0 + $1.negative } == reading.negatives)
            #expect(split.parts.flatMap(\.evidence).count == reading.negatives)
        }
        #expect(reading.volumeThousandths + reading.shareThousandths == reading.excessThousandths)
        #expect(facts.mentions.count == reading.negatives)
        #expect(facts.aspects.parts.first?.key == "leak")
    }
}

extension TrendMention {
    fileprivate func known(at moment: Timestamp) -> TrendMention {
        TrendMention(
            id: id, story: story, brand: brand, source: source, author: author, eventAt: eventAt,
            knownAt: moment, sentiment: sentiment, topics: topics)
    }

    fileprivate func told(by author: String) -> TrendMention {
        TrendMention(
            id: id, story: story, brand: brand, source: source, author: author, eventAt: eventAt,
            knownAt: knownAt, sentiment: sentiment, topics: topics)
    }

    fileprivate func told(_ tone: Sentiment.Probabilities) -> TrendMention {
        TrendMention(
            id: id, story: story, brand: brand, source: source, author: author, eventAt: eventAt,
            knownAt: knownAt, sentiment: tone, topics: topics)
    }
}

extension Timestamp {
    fileprivate var nextHour: Timestamp {
        Timestamp(milliseconds: (milliseconds / 3_600_000 + 1) * 3_600_000)
    }
}

extension Array {
    /// Fisher and Yates, on the generator of Knuth's MMIX.
    fileprivate func shuffled(seed: UInt64) -> [Element] {
        var result = self
        var state = seed
        for place in stride(from: count - 1, to: 0, by: -1) {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            result.swapAt(place, Int((state >> 33) % UInt64(place + 1)))
        }
        return result
    }
}
