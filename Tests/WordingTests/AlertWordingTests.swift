import EarshotDomain
import EarshotWording
import Testing

@Suite struct AlertWordingTests {
    private static let brand = Brand(
        id: Identifier(1), key: "harbor", names: ["en": "Harbor", "zh": "海湾"], query: "harbor",
        topics: [], market: "kettles", isCompetitor: false)

    private static func part(
        _ key: String, _ names: [String: String], _ negative: Int, usual: Int, first: Int
    ) -> DigestParts.Part {
        DigestParts.Part(
            key: key, names: names, negative: negative, authors: negative, sources: 1,
            usualThousandths: usual,
            evidence: (0..<negative).map { Identifier(Int64(first + $0)) })
    }

    private static let facts = AlertFacts(
        reading: SpikeReading(
            hours: 24, end: Timestamp(seconds: 1_773_059_400), stories: 13, negatives: 9,
            expectedStories: 3, expectedNegatives: 0.801, usualShare: 0.267,
            shareEvidence: 3.3, volumeEvidence: 5.6, authors: 8),
        mentions: (1...9).map { Identifier($0) },
        sources: DigestParts(parts: [
            part("forum", ["en": "Forum", "zh": "论坛"], 6, usual: 267, first: 1),
            part("", [:], 3, usual: 267, first: 7),
            part("news", ["en": "News"], 0, usual: 267, first: 0),
        ]),
        stories: DigestParts(
            parts: (0..<9).map { part("\($0 + 1)", [:], 1, usual: 80, first: $0 + 1) }
                + [part("", [:], 0, usual: 81, first: 0)]),
        aspects: DigestParts(parts: [
            part("leak", ["en": "water leak", "zh": "漏水"], 9, usual: 801, first: 1)
        ]))

    private static func event(_ kind: AlertEvent.Kind) -> AlertEvent {
        AlertEvent(kind: kind, knownAt: Timestamp(seconds: 1_773_059_400), facts: facts)
    }

    private static func wording(
        _ kind: AlertEvent.Kind, _ language: ReaderLanguage
    ) -> AlertWording {
        AlertWording(event(kind), of: brand, language: language)
    }

    @Test func saysWhatHappened() {
        let english = Self.wording(.opened, .en)
        #expect(english.headline == "Harbor: bad news is piling up, most of it about “water leak”.")
        #expect(
            english.counts
                == "9 negative stories in 24 hours where 0.8 are usual; 69\u{A0}% of 13 stories "
                + "where 27\u{A0}% is usual; told by 8 authors.")
        #expect(
            Self.wording(.resolved, .en).headline
                == "Harbor: negative stories are back to the usual.")
        let chinese = Self.wording(.opened, .zh)
        #expect(chinese.headline == "海湾：负面内容激增，集中在“漏水”。")
        #expect(
            chinese.counts
                == "24 小时内出现 9 条负面内容，平时约 0.8 条；占全部 13 条内容的 69%，平时约 27%；来自 8 位作者。")
    }

    /// 10 × 0.267 = 2.67 more at the usual share, of 9 − 0.801 = 8.199.
    @Test func splitsTheExcessIntoVolumeAndShare() {
        #expect(
            Self.wording(.opened, .en).effects
                == "Against the usual +8.2: +2.7 for the number of stories, +5.5 for the share "
                + "of negative ones.")
    }

    @Test(arguments: ReaderLanguage.allCases)
    func whatIsShownAddsUp(language: ReaderLanguage) {
        let splits = Self.wording(.opened, language).splits(headlines: ["1": "It leaks"])
        #expect(splits.count == 3)
        for split in splits {
            #expect(split.tenths == 82)
            #expect(split.negatives == 9)
            #expect(split.parts.flatMap(\.evidence).count == 9)
        }
        #expect(splits[2].parts.first?.name == "It leaks")
        // Five stories, the further ones, and what earlier ones lead to expect.
        #expect(splits[2].parts.count == 7)
    }

    @Test func terminalKeepsToItsWidth() {
        let alert = Alert(
            id: Identifier(7), brand: Self.brand.id, openedAt: Self.event(.opened).knownAt,
            events: [Self.event(.opened)])
        for language in ReaderLanguage.allCases {
            let text = TerminalAlert(
                alert, brand: Self.brand, language: language, width: 60, colour: false
            ) { _ in
                WallClock(date: LocalDate(year: 2_026, month: 3, day: 9), hour: 12, minute: 30)
            }.explanation(headlines: ["1": "A very long headline about a leaking kettle\u{1B}[2J"])
            for line in text.split(separator: "\n") {
                #expect(DisplayWidth.of(String(line)) <= 60)
            }
            #expect(text.contains("#7"))
            #expect(text.contains("+8.2"))
            #expect(!text.contains("\u{1B}"))
        }
    }
}
