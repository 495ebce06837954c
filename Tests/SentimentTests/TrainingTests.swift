import EarshotDomain
import EarshotLexicons
import EarshotSentiment
import Foundation
import Testing

@Suite struct TrainingTests {
    private let tables = [
        earshot_table_english_words(), earshot_table_emoji(), earshot_table_english_own(),
    ].map(Shipped.bytes)

    /// Made of the test's own lines, repeated with small changes so that features are frequent.
    private func texts() -> [LabelledText] {
        (0..<12).flatMap { k in
            EverydayLines.english.map { line in
                LabelledText(
                    text: "\(line.text) brand\(k % 4) item\(k)", label: line.label,
                    corpus: "lines \(k % 2)")
            }
        }
    }

    private func train(_ texts: [LabelledText]) -> SentimentTrainer.Result {
        SentimentTrainer(language: "en", tables: tables).train(texts)
    }

    @Test func theSameTextsGiveTheSameBytes() {
        let first = train(texts())
        #expect(first.file == train(texts()).file)
        #expect(first.texts == 12 * EverydayLines.english.count)
        #expect(first.features > 100)
    }

    @Test func otherTextsGiveOtherBytes() {
        #expect(train(texts()).file != train(Array(texts().dropLast())).file)
    }

    /// A word that only praise holds comes to speak for praise, and without a lexicon.
    @Test func wordsAreLearned() throws {
        let texts = (0..<40).map { k in
            LabelledText(
                text: "the \(k % 2 == 0 ? "zork" : "blip") number \(k)",
                label: k % 2 == 0 ? .positive : .negative, corpus: "made up")
        }
        let file = train(texts).file
        for scorer in [SentimentModel.Scorer.bayes, .combined] {
            let reader = SentimentReader([try load(file)], scorer: scorer)
            var scratch = ScoringScratch()
            #expect(reader.judge("a zork", language: "en", scratch: &scratch).whole.score > 0.2)
            #expect(reader.judge("a blip", language: "en", scratch: &scratch).whole.score < -0.2)
        }
    }

    @Test func trainingOnNothingGivesAModelThatKnowsNothing() throws {
        let reader = SentimentReader([try load(train([]).file)])
        var scratch = ScoringScratch()
        let judged = reader.judge("great", language: "en", scratch: &scratch).whole
        #expect(judged.score == 0)
    }

    @Test func damagedFilesAreRefused() {
        let file = train(texts()).file
        #expect(throws: SentimentModelError(reason: .notAModel)) { try load([]) }
        #expect(throws: SentimentModelError(reason: .notAModel)) { try load(Array("{}".utf8)) }
        #expect(throws: SentimentModelError(reason: .damaged)) { try load(file.dropLast(9)) }
        for position in stride(from: 8, to: file.count, by: file.count / 37) {
            var changed = file
            changed[position] ^= 0x10
            #expect(throws: SentimentModelError.self) { try load(changed) }
        }
    }

    @Test func inductionFindsWhatTellsTheLabelsApart() {
        let texts = (0..<400).map { (k: Int) -> LabelledText in
            let isPraise = k % 2 == 0
            return LabelledText(
                text: "这家店\(isPraise ? "真棒" : "糟糕")\(k)",
                label: isPraise ? .positive : .negative, corpus: k % 4 < 2 ? "甲" : "乙")
        }
        let lines = String(decoding: LexiconInduction().table(texts), as: UTF8.self)
            .split(separator: "\n").map { $0.split(separator: "\t") }
        var odds: [String: Double] = [:]
        for line in lines { odds[String(line[0])] = Double(String(line[2])) }
        #expect((odds["棒"] ?? 0) > 1)
        #expect((odds["糟"] ?? 0) < -1)
        #expect(odds["店"] == nil)
    }

    private func load(_ file: some Collection<UInt8>) throws -> LanguageSentiment {
        let bytes = Array(file)
        return try bytes.withUnsafeBytes { try LanguageSentiment(tables: tables, model: $0) }
    }
}
