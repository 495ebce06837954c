import EarshotLanguage
import Testing

@Suite struct TokenTests {
    /// "first-last folded <bytes as given>" of each token.
    private func described(_ text: String) -> [String] {
        let analysis = TextAnalysis(text)
        let bytes = Array(text.utf8)
        return analysis.tokens.map {
            let folded = String(decoding: analysis.folded(of: $0), as: UTF8.self)
            let given = String(decoding: bytes[$0.source], as: UTF8.self)
            return "\($0.first)-\($0.last) \(folded) <\(given)>"
        }
    }

    @Test(arguments: [
        ("Nike's new SHOE", ["0-0 nike <Nike>", "1-1 new <new>", "2-2 shoe <SHOE>"]),
        ("我买Nike鞋", ["0-0 我 <我>", "1-1 买 <买>", "2-2 nike <Nike>", "3-3 鞋 <鞋>"]),
        (
            "“Café” cafe\u{301}s",
            ["0-0 cafe <Café>", "1-1 cafes <cafe\u{301}s>"]
        ),
        (
            "don’t miss ½ ﬁre ＮＩＫＥ",
            [
                "0-0 don <don>", "1-1 t <t>", "2-2 miss <miss>", "3-3 1 <½>", "4-4 2 <½>",
                "5-5 fire <ﬁre>", "6-6 nike <ＮＩＫＥ>",
            ]
        ),
        (
            "see https://a.example/x. @Bob $AAPL #小米# 👍🏽",
            [
                "0-0 see <see>", "2-2 bob <Bob>", "3-3 aapl <AAPL>", "4-4 小 <小>", "5-5 米 <米>",
                "6-6 👍 <👍>",
            ]
        ),
        (
            "#iPhone15",
            [
                "0-0 i <i>", "1-1 phone <Phone>", "2-2 15 <15>", "0-1 iphone <iPhone>",
                "0-2 iphone15 <iPhone15>", "1-2 phone15 <Phone15>",
            ]
        ),
    ])
    func tokensKnowTheBytesTheyCameFrom(text: String, expected: [String]) {
        #expect(described(text) == expected)
    }

    @Test func marksHoldTheirSignAndSwallowNoText() {
        let text = "谢谢@Nike 看https://x.example/a 我爱#小米#手机 US$AAPL"
        let analysis = TextAnalysis(text)
        let bytes = Array(text.utf8)
        let marks = analysis.marks.map { String(decoding: bytes[$0.source], as: UTF8.self) }
        #expect(marks == ["@Nike", "https://x.example/a", "#小米"])
    }

    /// Every range lies in the text and on scalar borders, whatever the bytes.
    @Test func anyBytesAreRead() {
        var state: UInt64 = 7
        for _ in 0..<3_000 {
            let bytes = (0..<40).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            var analysis = TextAnalysis()
            bytes.withUnsafeBufferPointer { analysis.analyse($0) }
            for token in analysis.tokens {
                #expect(token.start < token.end && Int(token.end) <= bytes.count)
                #expect(token.first <= token.last && token.last < analysis.positions)
            }
        }
    }

    @Test func buffersKeepNothingOfTheTextBefore() {
        var analysis = TextAnalysis("#OneTwo ﬁve @three https://four.example")
        analysis.analyse("six")
        #expect(analysis.tokens == TextAnalysis("six").tokens)
        #expect(analysis.marks.isEmpty)
    }

    /// A segment of many marks is ordered and composed in one go.
    @Test func manyMarksStayLinear() {
        let text = "a" + String(repeating: "\u{0323}\u{0301}", count: 200_000)
        #expect(TextAnalysis.words(of: text) == ["a"])
    }
}
