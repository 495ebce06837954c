import EarshotDomain
import EarshotSentiment
import Foundation
import Testing

@Suite struct ScoringTests {
    private let scorers = SentimentModel.Scorer.allCases

    @Test func shippedTablesLoad() {
        #expect(Shipped.english != nil)
        #expect(Shipped.chinese != nil)
        // Weights trained with other word tables than those beside them would name both.
        var scratch = ScoringScratch()
        for language in ["en", "zh"] {
            let judged = Shipped.reader().judge("👍", language: language, scratch: &scratch)
            #expect(!judged.whole.version.contains("+"))
        }
    }

    @Test func everyScoreAddsUp() throws {
        for line in EverydayLines.english + EverydayLines.chinese {
            for scorer in scorers {
                try check(Array(line.text.utf8), Shipped.reader(scorer), targets: [0..<3, 4..<9])
            }
        }
    }

    /// Random bytes, random pieces of real text, and bytes in the middle of characters.
    @Test func hostileBytesAddUp() throws {
        var random = SeededGenerator(state: 7)
        let pieces = (EverydayLines.english + EverydayLines.chinese).map { Array($0.text.utf8) }
        let reader = Shipped.reader()
        for round in 0..<400 {
            var text: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                if round % 2 == 0 {
                    text += (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }
                } else if let piece = pieces.randomElement(using: &random) {
                    text += piece.dropFirst(Int.random(in: 0...5, using: &random))
                }
            }
            let start = Int.random(in: -3...40, using: &random)
            try check(text, reader, targets: [start..<start + 4, 0..<text.count])
        }
    }

    @Test(arguments: ["en", "zh", "de", nil] as [String?])
    func emptyTextIsThePrior(language: String?) {
        var scratch = ScoringScratch()
        for text in ["", " \n\t", "\u{200d}\u{fe0f}"] {
            let judged = Shipped.reader().judge(text, language: language, scratch: &scratch).whole
            #expect(judged.evidence.isEmpty)
            let odds = log(judged.probabilities.positive / judged.probabilities.negative)
            #expect(abs(odds - judged.prior) < 1e-9)
        }
    }

    @Test(arguments: ["great! ", "太失望了，", ":) ", "👍", "not "])
    func hugeTextAddsUp(piece: String) throws {
        let text = Array(String(repeating: piece, count: 20_000).utf8)
        try check(text, Shipped.reader(), targets: [10_000..<10_010])
    }

    @Test func languageWithoutModelIsReadByItsScript() {
        var scratch = ScoringScratch()
        let reader = Shipped.reader()
        let english = reader.judge("great phone", language: "en", scratch: &scratch)
        #expect(reader.judge("great phone", language: nil, scratch: &scratch) == english)
        #expect(reader.judge("great phone", language: "en-GB", scratch: &scratch) == english)
        let chinese = reader.judge("质量很好", language: "zh-CN", scratch: &scratch)
        #expect(reader.judge("质量很好", language: nil, scratch: &scratch) == chinese)
        let unknown = reader.judge("ครับ", language: "th", scratch: &scratch).whole
        #expect(unknown.version == "und")
        #expect(unknown.score == 0)
    }

    @Test func scratchOfAnotherTextChangesNothing() {
        var used = ScoringScratch()
        let reader = Shipped.reader()
        for line in EverydayLines.english + EverydayLines.chinese {
            var fresh = ScoringScratch()
            let again = reader.judge(line.text, language: nil, scratch: &used)
            #expect(again == reader.judge(line.text, language: nil, scratch: &fresh))
        }
    }

    /// Title and text are scored together, and each span must lie in one of them.
    @Test func noSpanReachesAcrossALineFeed() {
        var scratch = ScoringScratch()
        for (title, text) in [
            ("Why I will never", "love the new kettle"), ("it is not", "bad at all, it is"),
            ("质量不", "好不好"), ("A b c", "d e f"),
        ] {
            let whole = Shipped.reader().judge(
                title + "\n" + text, language: nil, scratch: &scratch
            ).whole
            let feed = title.utf8.count
            #expect(!whole.evidence.isEmpty)
            #expect(whole.evidence.allSatisfy { $0.end <= feed || $0.start > feed })
        }
    }

    @Test func targetsOfOneSentenceAreToldApart() {
        var scratch = ScoringScratch()
        let text = "The screen is gorgeous and wonderful, but the battery is a terrible mess"
        let screen = 4..<10
        let battery = 46..<53
        let judged = Shipped.reader().judge(
            text, language: "en", targets: [screen, battery], scratch: &scratch)
        #expect(judged.targets[0].score > judged.targets[1].score)
        #expect(judged.targets[1].score < judged.whole.score)
        #expect(judged.targets[0].score > judged.whole.score)
    }

    @Test func aTargetBeyondTheTextIsJudgedAsTheText() {
        var scratch = ScoringScratch()
        let judged = Shipped.reader().judge(
            "great phone", language: "en", targets: [90..<99, -5 ..< -1], scratch: &scratch)
        #expect(judged.targets == [judged.whole, judged.whole])
    }

    /// Sums, spans and probabilities of one text keep their contract.
    private func check(
        _ text: [UInt8], _ reader: SentimentReader, targets: [Range<Int>]
    ) throws {
        var scratch = ScoringScratch()
        let judged = text.withUnsafeBufferPointer {
            reader.judge($0, language: nil, targets: targets, scratch: &scratch)
        }
        #expect(judged.targets.count == targets.count)
        for sentiment in [judged.whole] + judged.targets {
            let p = sentiment.probabilities
            #expect(abs(p.negative + p.neutral + p.positive - 1) < 1e-12)
            #expect(sentiment.score == p.positive - p.negative)
            let sum = sentiment.evidence.reduce(sentiment.prior) { $0 + $1.weight }
            #expect(abs(sum - log(p.positive / p.negative)) < 1e-9)
            var end = 0
            for span in sentiment.evidence {
                #expect(span.start >= end && span.start < span.end && span.end <= text.count)
                #expect(isBoundary(text, span.start) && isBoundary(text, span.end))
                end = span.end
            }
        }
    }

    private func isBoundary(_ text: [UInt8], _ index: Int) -> Bool {
        // A continuation byte that continues nothing is a character by itself.
        index == text.count || text[index] & 0xc0 != 0x80
            || String(validating: text[index...].prefix(1), as: UTF8.self) == nil
                && !continues(text, index)
    }

    /// Whether the byte at `index` belongs to a valid character that begins before it.
    private func continues(_ text: [UInt8], _ index: Int) -> Bool {
        (1...3).contains { back in
            let start = index - back
            return start >= 0
                && (2...4).contains { size in
                    size > back && start + size <= text.count
                        && String(validating: text[start..<start + size], as: UTF8.self)?
                            .unicodeScalars.count == 1
                }
        }
    }
}
