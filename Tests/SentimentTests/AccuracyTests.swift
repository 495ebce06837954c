import EarshotDomain
import EarshotSentiment
import Testing

@Suite struct AccuracyTests {
    /// The lines are everyday ones; the share that must come out right is the project's.
    @Test(arguments: [("en", EverydayLines.english), ("zh", EverydayLines.chinese)])
    func negationAndNewsLinesComeOutRight(language: String, lines: [EverydayLines.Line]) {
        var scratch = ScoringScratch()
        let reader = Shipped.reader()
        let right = lines.count {
            reader.judge($0.text, language: language, scratch: &scratch).whole.label == $0.label
        }
        #expect(Double(right) >= 0.85 * Double(lines.count))
    }

    @Test(arguments: [
        ("I like it", "I don't like it"), ("This is good", "This is not good"),
        ("It works", "It never works"), ("我很高兴", "我不高兴"), ("我喜欢", "我不喜欢"),
        ("好吃", "一点也不好吃"), ("值得", "不值得"),
    ])
    func negationTurnsPraise(plain: String, negated: String) {
        var scratch = ScoringScratch()
        let reader = Shipped.reader()
        #expect(reader.judge(plain, language: nil, scratch: &scratch).whole.score > 0)
        #expect(reader.judge(negated, language: nil, scratch: &scratch).whole.score < 0)
    }

    /// Bands on development files: the floor is VADER's figure there (English, macro-recall) and
    /// SnowNLP's (Chinese, accuracy), the roof far above what this kind of model reaches, which
    /// would mean that the file got into the training set.
    @Test(
        .enabled(if: Shared.corpora != nil, "the labelled files are not beside the package"),
        arguments: [
            ("tweeteval", 0.598, 0.74), ("vader-tweets", 0.672, 0.85),
            ("vader-amazon", 0.575, 0.75), ("vader-movie", 0.396, 0.75),
            ("vader-nyt", 0.524, 0.70), ("sst2", 0.666, 0.90), ("sst3", 0.452, 0.70),
        ])
    func englishFilesBeatVader(name: String, floor: Double, roof: Double) throws {
        let recall = try evaluation(name, language: "en").macroRecall
        #expect(recall > floor && recall < roof)
    }

    @Test(
        .enabled(if: Shared.corpora != nil, "the labelled files are not beside the package"),
        arguments: [
            ("zh-hotel", 0.698, 0.95), ("zh-takeaway", 0.787, 0.95),
            ("zh-weibo", 0.625, 0.95), ("zh-ewect-virus", 0.498, 0.90),
        ])
    func chineseFilesBeatSnowNLP(name: String, floor: Double, roof: Double) throws {
        let accuracy = try evaluation(name, language: "zh").accuracy
        #expect(accuracy > floor && accuracy < roof)
    }

    private func evaluation(_ name: String, language: String) throws -> SentimentEvaluation {
        let rows = try Shared.rows(name + ".dev")
        return SentimentEvaluation(
            rows.map { LabelledText(text: $0.text, label: $0.label, corpus: name) },
            languages: rows.map { _ in language }, reader: Shipped.reader())
    }

    /// Two negatives, one neutral, three positives: always "positive" is right in half of them.
    @Test func theMajorityIsAFloorToBeat() {
        let labels: [Sentiment.Label] = [
            .negative, .negative, .neutral, .positive, .positive, .positive,
        ]
        let figures = SentimentEvaluation(
            majorityOf: labels.map { LabelledText(text: "", label: $0, corpus: "made up") })
        #expect(figures.texts == 6)
        #expect(figures.accuracy == 0.5)
        #expect(abs(figures.macroRecall - 1.0 / 3) < 1e-12)
        #expect(figures.ece == 0)
    }
}
