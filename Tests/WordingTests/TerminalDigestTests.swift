import EarshotDomain
import EarshotWording
import Testing

@Suite struct TerminalDigestTests {
    @Test func marksTheWordsThatDecided() {
        let text = TerminalDigest(SampleDigest.make(), language: .zh).text
        #expect(text.contains("“[−漏水]了，[+烧得快]”"))
        #expect(!text.utf8.contains(0x1B))
    }

    @Test func coloursOnlyOnRequest() {
        let text = TerminalDigest(SampleDigest.make(), language: .zh, colour: true).text
        #expect(text.contains("\u{1B}[1;4;31m漏水\u{1B}[0m"))
        #expect(text.contains("\u{1B}[4;36m烧得快\u{1B}[0m"))
    }

    @Test(arguments: [40, 60, 80, 120], ReaderLanguage.allCases)
    func keepsWithinItsColumns(width: Int, language: ReaderLanguage) {
        let long = String(repeating: "很长的话。A long text, with words. ", count: 9)
        let digest = SampleDigest.make(text: long, place: "Kettle Forum")
        let text = TerminalDigest(digest, language: language, width: width).text
        for line in text.split(separator: "\n") {
            #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
        }
    }

    /// A feed must not move the reader's cursor, ring, or turn the line round.
    @Test func hostileTextMovesNothing() {
        let hostile = "clear\u{1B}[2J \u{07}bell\r\u{9B}31m \u{202E}turned\u{2066}"
        let text = TerminalDigest(
            SampleDigest.make(title: hostile, text: hostile, place: hostile), language: .en
        ).text
        let refused: [ClosedRange<UInt32>] = [
            0...9, 11...31, 127...159, 0x202A...0x202E, 0x2066...0x2069,
        ]
        for scalar in text.unicodeScalars {
            #expect(!refused.contains { $0.contains(scalar.value) })
        }
    }

    @Test(arguments: [("abc", 3), ("漏水", 4), ("，", 2), ("e\u{301}", 1), ("🙂", 2), ("ｱ", 1)])
    func width(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test func columnsLineUpInChinese() {
        let lines = TerminalDigest(SampleDigest.make(), language: .zh).text.split(separator: "\n")
        let figures = lines.compactMap { line in
            line.firstRange(of: "比平").map { DisplayWidth.of(String(line[..<$0.lowerBound])) }
        }
        #expect(figures.count == 4 && Set(figures).count == 1)
    }

    /// Runs keep every byte of a text, whatever marks it has.
    @Test func runsLoseNothing() {
        let text = "水漏了 and leaks 🙂"
        let spans = [(0, 3), (3, 9), (2, 5), (-4, 2), (10, 13), (13, 900), (5, 5)]
        for (start, end) in spans {
            let mark = MarkedText.Mark(start: start, end: end, weight: -1)
            let runs = MarkedText(text: text, marks: [mark]).runs(heaviest: 1)
            #expect(runs.map(\.text).joined() == text)
        }
    }
}
