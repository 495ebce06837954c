import EarshotDomain
import EarshotTrends
import Testing

@Suite struct ExcerptTests {
    private func marked(_ text: MarkedText) -> [String] {
        let bytes = Array(text.text.utf8)
        return text.marks.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
    }

    @Test func mapsEvidenceBackToItsField() {
        let detail = MentionDetail(
            title: "漏水了", text: "It leaks",
            url: nil,
            evidence: [.init(start: 0, end: 6, weight: -1), .init(start: 13, end: 18, weight: -2)])
        let (title, text) = Excerpt.marked(detail)
        #expect(marked(title) == ["漏水"])
        #expect(marked(text) == ["leaks"])
    }

    @Test func keepsTheWordThatDecided() {
        let filler = String(repeating: "很长的一段话。", count: 60)
        let text = filler + "漏水" + filler
        let start = filler.utf8.count
        let detail = MentionDetail(
            title: "", text: text, url: nil,
            evidence: [.init(start: start, end: start + 6, weight: -1)])
        let excerpt = Excerpt.marked(detail).text
        #expect(marked(excerpt) == ["漏水"])
        #expect(excerpt.text.hasPrefix("…") && excerpt.text.hasSuffix("…"))
        #expect(excerpt.text.utf8.count < 300 && !excerpt.text.contains("\u{FFFD}"))
    }

    /// Offsets that another text's model gave must not cut a letter or trap.
    @Test(arguments: [(0, 1), (1, 3), (-5, 3), (2, 900), (5, 5), (7, 2), (Int.min, Int.max)])
    func refusesSpansThatDoNotFit(start: Int, end: Int) {
        let detail = MentionDetail(
            title: "", text: "漏水", url: nil,
            evidence: [.init(start: start, end: end, weight: -1)])
        #expect(Excerpt.marked(detail).text.marks.isEmpty)
    }

    /// Whatever text and spans come, marks lie on letters, in order, within the excerpt.
    @Test func anyTextAndSpansGiveMarksThatFit() {
        var state: UInt64 = 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let letters = ["a", " ", "漏", "é", "🙂", "\n", "e\u{301}", "\u{0}", "。"]
        for _ in 0..<500 {
            let text = (0..<next(400)).map { _ in letters[next(letters.count)] }.joined()
            let spans = (0..<next(9)).map { _ in
                let start = next(900) - 50
                return Sentiment.Evidence(
                    start: start, end: start + next(40) - 5, weight: Double(next(9) - 4))
            }
            let detail = MentionDetail(
                title: next(2) == 0 ? "" : text, text: text, url: nil, evidence: spans)
            let (title, excerpt) = Excerpt.marked(detail)
            for marked in [title, excerpt] {
                var floor = 0
                let bytes = Array(marked.text.utf8)
                for mark in marked.marks {
                    #expect(mark.start >= floor && mark.end > mark.start)
                    #expect(mark.end <= bytes.count)
                    #expect(String(validating: bytes[mark.start..<mark.end], as: UTF8.self) != nil)
                    floor = mark.end
                }
            }
            #expect(excerpt.text.utf8.count <= 290)
        }
    }
}
