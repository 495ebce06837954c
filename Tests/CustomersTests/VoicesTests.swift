import EarshotDomain
import EarshotTrends
import Foundation
import Testing

@Suite struct VoicesTests {
    private static let brand = Identifier<Brand>(1)
    private static let start = Timestamp(seconds: 1_772_600_000)

    private static func report(
        _ id: Int64, story: Int64? = nil, author: String? = nil, hour: Int64, lag: Int64 = 1,
        negative: Double, topics: [String] = []
    ) -> VoiceReport {
        let eventAt = start + .hours(hour)
        return VoiceReport(
            mention: Identifier(id), story: Identifier(story ?? id), brand: brand,
            author: author ?? "author \(id)", eventAt: eventAt, knownAt: eventAt + .hours(lag),
            sentiment: Sentiment.Probabilities(
                negative: negative, neutral: (1 - negative) / 2, positive: (1 - negative) / 2),
            topics: topics)
    }

    private static let many: [VoiceReport] = (Int64(0)..<200).map { number in
        let topics: [String] = number % 3 == 0 ? ["leak"] : []
        return report(
            number, hour: number * 5 % 480, lag: number % 30,
            negative: Double(number * 37 % 100) / 100, topics: topics)
    }

    /// Second source: the note's formula summed over all votes at once, as of the moment asked.
    @Test(arguments: [3.0, 14.0])
    func meansAreThoseOfTheFormula(halfLife: Double) {
        let voices = Voices(Self.many)
        for hour in stride(from: Int64(0), to: 700, by: 13) {
            let moment = Self.start + .hours(hour)
            var weight: Double = 3
            var sum: Double = 3 * 0.1
            for report in Self.many where report.knownAt <= moment {
                let age = Double((moment - report.eventAt).milliseconds) / 86_400_000
                let negative: Double = report.sentiment.negative * 0.22
                let neutral: Double = report.sentiment.neutral * 0.53
                let positive: Double = report.sentiment.positive * 0.25
                let share: Double = pow(2.0, -age / halfLife)
                weight += share
                sum += share * ((positive - negative) / (negative + neutral + positive))
            }
            let mood = voices.mood(of: Self.brand, topic: nil, at: moment)
            #expect(abs((halfLife == 3 ? mood.short : mood.long) - sum / weight) < 1e-9)
        }
    }

    @Test func aStoryAndAnAuthorOfADayHaveOneVote() {
        let one = [Self.report(1, story: 7, author: "a", hour: 1, negative: 0.9)]
        let copies =
            one + [
                Self.report(2, story: 7, author: "b", hour: 2, negative: 0.9),
                Self.report(3, story: 8, author: "a", hour: 3, negative: 0.9),
            ]
        let moment = Self.start + .hours(10)
        #expect(
            Voices(copies).mood(of: Self.brand, topic: nil, at: moment)
                == Voices(one).mood(of: Self.brand, topic: nil, at: moment))
        let other = copies + [Self.report(4, story: 9, author: "c", hour: 3, negative: 0.9)]
        #expect(Voices(other).mood(of: Self.brand, topic: nil, at: moment).voices == 2)
    }

    /// A correction counts from its own moment on, as if it had always been said.
    @Test func aCorrectionTakesTheOldVoteBack() {
        let wrong = Self.report(1, hour: 1, negative: 0.9, topics: ["leak"])
        let right = Self.report(1, hour: 1, lag: 20, negative: 0.1, topics: ["price"])
        let always = Self.report(1, hour: 1, negative: 0.1, topics: ["price"])
        let late = Self.start + .hours(30)
        for topic in [nil, "leak", "price"] {
            let corrected = Voices([wrong, right]).mood(of: Self.brand, topic: topic, at: late)
            let expected = Voices([always]).mood(of: Self.brand, topic: topic, at: late)
            #expect(abs(corrected.short - expected.short) < 1e-12)
            #expect(abs(corrected.long - expected.long) < 1e-12)
        }
        let early = Self.start + .hours(10)
        #expect(
            Voices([wrong, right]).mood(of: Self.brand, topic: nil, at: early)
                == Voices([wrong]).mood(of: Self.brand, topic: nil, at: early))
    }

    /// Whatever is learned later, and in whatever order rows come: no answer for before changes.
    @Test func nothingLaterMovesAnAnswer() {
        let cut = Self.start + .hours(300)
        let known = Self.many.filter { $0.knownAt <= cut }
        let corrections: [VoiceReport] = known.prefix(60).map { old in
            VoiceReport(
                mention: old.mention, story: old.story, brand: old.brand, author: old.author,
                eventAt: old.eventAt, knownAt: cut + .minutes(1),
                sentiment: Sentiment.Probabilities(negative: 1, neutral: 0, positive: 0),
                topics: ["leak"])
        }
        let before = Voices(known)
        let after = Voices((Self.many + corrections).reversed())
        for hour in stride(from: Int64(0), through: 300, by: 7) {
            for topic in [nil, "leak"] {
                let moment = Self.start + .hours(hour)
                let old = before.mood(of: Self.brand, topic: topic, at: moment)
                let new = after.mood(of: Self.brand, topic: topic, at: moment)
                #expect(old == new)
                #expect(old.short.bitPattern == new.short.bitPattern)
            }
        }
        let next = cut + .hours(1)
        let stale = before.mood(of: Self.brand, topic: nil, at: next)
        #expect(stale != after.mood(of: Self.brand, topic: nil, at: next))
    }
}
