import EarshotDomain
import EarshotWording
import Testing

/// What a reader reads, word for word; a translator checks these.
@Suite struct SentencesTests {
    @Test(arguments: [
        (
            Digest.Verdict.hard,
            "Harbor had a hard day: water leak, told by 6 people in 3 places.",
            "港湾这一天不好过：负面集中在“漏水”，6 人在 3 个渠道发声。"
        ),
        (
            .good, "Harbor had a good day: 9 positive stories where 4.2 are usual.",
            "港湾迎来好评的一天：正面内容 9 条，平时约 4.2 条。"
        ),
        (
            .busy, "Harbor was talked about more than usual: 142 mentions where 91 are usual.",
            "港湾声量高于平时：提及 142 次，平时约 91 次。"
        ),
        (
            .still, "Harbor was talked about less than usual: 142 mentions where 91 are usual.",
            "港湾声量低于平时：提及 142 次，平时约 91 次。"
        ),
        (
            .quiet, "A quiet day for Harbor: 142 mentions where 91 are usual.",
            "港湾这一天风平浪静：提及 142 次，平时约 91 次。"
        ),
        (
            .unknown, "Harbor: 142 mentions in 58 stories.",
            "港湾：提及 142 次，合并相似后共 58 条内容。"
        ),
    ])
    func headline(verdict: Digest.Verdict, en: String, zh: String) {
        let digest = SampleDigest.make(verdict)
        #expect(DigestWording(digest, language: .en).headline == en)
        #expect(DigestWording(digest, language: .zh).headline == zh)
    }

    @Test func detailNamesWhatCarriesIt() {
        let digest = SampleDigest.make()
        #expect(
            DigestWording(digest, language: .en).detail
                == "7 negative stories where 3.1 are usual; 5 about water leak, all on 水壶论坛.")
        #expect(
            DigestWording(digest, language: .zh).detail
                == "负面内容 7 条，平时约 3.1 条；其中 5 条谈“漏水”，全部来自水壶论坛。")
    }

    /// 4.46 + 3.46 + 2.48 = 10.40, but 4.5 + 3.5 + 2.5 would be 10.5.
    @Test func partsThatAreShownAddUp() throws {
        let parts = [540, 540, 520].enumerated().map { place, usual in
            DigestParts.Part(
                key: "part-\(place)", names: ["en": "Part"], negative: 5 - place, authors: 1,
                sources: 1, usualThousandths: usual, evidence: [])
        }
        let digest = SampleDigest.make(aspects: DigestParts(parts: parts))
        let split = try #require(DigestWording(digest, language: .en).splits.first)
        #expect(split.negative == 12)
        #expect(split.parts.map(\.excessTenths) == [44, 35, 25])
        #expect(split.excessTenths == 104)
    }

    @Test func nobodySpokeAndOneDid() {
        let none = SampleDigest.make(.still, mentions: 0, usual: 11)
        #expect(
            DigestWording(none, language: .en).headline
                == "Nobody spoke of Harbor, where 11 are usual.")
        #expect(DigestWording(none, language: .zh).headline == "这一天没有人提到港湾，平时约 11 次。")
        let unknown = SampleDigest.make(.unknown, mentions: 0, usual: nil)
        #expect(DigestWording(unknown, language: .en).headline == "Nobody spoke of Harbor.")
        #expect(DigestWording(unknown, language: .zh).headline == "这一天没有人提到港湾。")
        let one = SampleDigest.make(.quiet, mentions: 1, usual: 1)
        #expect(
            DigestWording(one, language: .en).headline
                == "A quiet day for Harbor: 1 mention where 1 is usual.")
    }

    @Test func changesAgainstTheUsual() {
        let digest = SampleDigest.make()
        let en = DigestWording(digest, language: .en).figures
        #expect(en.map(\.value) == ["142", "58", "−0.21", "61\u{A0}%"])
        #expect(
            en.map(\.change) == [
                "+51 on a usual Monday (91)", "+9 on a usual Monday (49)",
                "−0.33 on the usual +0.12", "+4 points on the usual 57\u{A0}%",
            ])
        let zh = DigestWording(digest, language: .zh).figures
        #expect(zh.map(\.label) == ["提及", "独立内容", "净情感", "声量占比"])
        #expect(
            zh.map(\.change) == [
                "比平常的周一（91）多 51", "比平常的周一（49）多 9", "比平时（+0.12）低 0.33",
                "比平时（57%）高 4 个百分点",
            ])
    }

    @Test func saysWhereNothingIsUsualYet() {
        let digest = SampleDigest.make(.unknown, usual: nil)
        let wording = DigestWording(digest, language: .en)
        #expect(wording.detail == "Too few days are known yet to say what is usual.")
        #expect(Set(wording.figures.map(\.change)) == ["no usual yet"])
    }

    @Test func datesAndSpans() {
        let digest = SampleDigest.make(hours: 23)
        let en = DigestWording(digest, language: .en)
        let zh = DigestWording(digest, language: .zh)
        #expect(en.dayLine == "Monday 9 March 2026, a 23-hour day · Asia/Shanghai")
        #expect(zh.dayLine == "2026年3月9日 星期一（时钟调整，全天 23 小时） · 时区 Asia/Shanghai")
        #expect(en.phrases.dayAndTime(digest.day.cutClock) == "Tue 10 Mar, 08:05")
        #expect(zh.phrases.dayAndTime(digest.day.cutClock) == "3月10日 08:05")
        #expect(en.silentSources == ["水壶论坛 silent for 30\u{A0}h, usually every 2.1\u{A0}h"])
        #expect(zh.silentSources == ["水壶论坛已 30\u{A0}小时没有更新，平时约每 2.1\u{A0}小时一条"])
    }

    /// A Chinese reader meets no Latin letter but in names: here all names are Chinese.
    @Test(arguments: Digest.Verdict.allCases)
    func noEnglishIsLeftInChinese(verdict: Digest.Verdict) {
        let text = TerminalDigest(SampleDigest.make(verdict), language: .zh).text
        let rest = text.replacing("Asia/Shanghai", with: "")
        #expect(
            !rest.unicodeScalars.contains { ("A"..."z").contains($0) && $0.properties.isAlphabetic }
        )
    }
}
