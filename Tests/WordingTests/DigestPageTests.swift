import EarshotDomain
import EarshotService
import EarshotWording
import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct DigestPageTests {
    private static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "\"\u{301} onmouseover=alert(1) x=\"", "&lt;b&gt; & {{title}} {{{style}}}",
        "]]><svg/onload=alert(1)>", "\u{0}\u{8}<\u{200D}script>", "</title></style><b>",
    ]

    @Test(arguments: hostile)
    func hostileTextStaysText(text: String) throws {
        let page = try page(SampleDigest.make(title: text, text: text, place: text))
        for forbidden in [
            "<script", "<img", "<svg/", "<b>alert", "alert(1)>\"", "</style><b>",
            "\"\u{301}", "'\u{301}", "<\u{200D}",
        ] {
            #expect(!Array(page.utf8).contains(Array(forbidden.utf8)), "\(forbidden)")
        }
        #expect(!page.utf8.contains(0))
        #expect(page.contains(Markup.escaped(text)))
    }

    @Test(arguments: [
        ("https://a.invalid/x?a=1&b=2", true), ("HTTP://a.invalid/", true),
        ("javascript:alert(1)", false), ("data:text/html,x", false), (" https://a.invalid", false),
        ("https://a.invalid/\u{9}x", false), ("//a.invalid", false), ("", false),
    ])
    func onlyWebAddressesBecomeLinks(url: String, isLink: Bool) throws {
        let page = try page(SampleDigest.make(url: url))
        let escaped = "href=\"\(Markup.escaped(url))\" rel="
        #expect(page.contains(escaped) == isLink)
        #expect(page.contains("rel=\"noopener") == isLink)
    }

    @Test func everyFigureLeadsToItsRows() throws {
        let page = try page(SampleDigest.make())
        let targets = Set(page.matches(of: /href="#([^"]+)"/).map { String($0.output.1) })
        let anchors = page.matches(of: /id="([^"]+)"/).map { String($0.output.1) }
        #expect(Set(anchors).count == anchors.count)
        #expect(targets.isSubset(of: anchors), "\(targets.subtracting(anchors))")
        #expect(targets.isSuperset(of: ["d1-mentions", "d1-stories", "d1-market", "d1-negative"]))
    }

    @Test func eachSectionSpeaksItsLanguage() throws {
        let digest = SampleDigest.make()
        let page = try DigestPage.render([
            .init(digest, language: .en), .init(digest, language: .zh),
        ])
        #expect(page.contains("<article class=\"digest\" id=\"d1\" lang=\"en\">"))
        #expect(page.contains("<article class=\"digest\" id=\"d2\" lang=\"zh-Hans\">"))
        #expect(page.contains("<h1>港湾这一天不好过：负面集中在“漏水”，6 人在 3 个渠道发声。</h1>"))
    }

    @Test func marksShowTheirWeight() throws {
        let page = try page(SampleDigest.make())
        #expect(
            page.contains(
                "<mark class=\"n\" title=\"1.50 towards negative\" tabindex=\"0\">漏水</mark>"))
        #expect(
            page.contains(
                "<mark class=\"p weak\" title=\"0.40 towards positive\" tabindex=\"0\">烧得快</mark>")
        )
    }

    @Test func asksForNothingAndRunsNothing() throws {
        let page = try page(SampleDigest.make())
        #expect(page.contains("default-src 'none'"))
        for forbidden in ["<script", "<link", "@import", "url(", "<iframe", " onclick", "src="] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(!page.contains("{{") && !page.contains("}}"))
    }

    @Test func tableHasTheNumbersOfTheChart() throws {
        let page = try page(SampleDigest.make())
        for bucket in SampleDigest.series.prefix(7) {
            let stories = bucket.stories
            let row =
                "<td>\(stories.negative)</td><td>\(stories.neutral)</td>"
                + "<td>\(stories.positive)</td><td>6</td>"
            #expect(page.contains(row))
        }
    }

    private func page(_ digest: Digest) throws -> String {
        try DigestPage.render([.init(digest, language: .en)])
    }
}

@Suite struct ChartTests {
    private let svg = SevenDayChart(
        DigestWording(SampleDigest.make(), language: .en), prefix: "c"
    ).svg

    /// Heights are read back from the picture and turned into stories by its own axis.
    @Test func barsAddUpToTheSeries() throws {
        let ticks = svg.matches(of: /y1="([0-9.]+)" y2="[0-9.]+"\/><text[^>]*>([0-9]+)<\/text>/)
        let zero = try #require(ticks.first.flatMap { Double($0.output.1) })
        let last = try #require(ticks.last)
        let unit = (zero - (try #require(Double(last.output.1)))) / (Double(last.output.2) ?? 1)
        for (tone, sum) in [("neg", 207.0), ("neu", 249), ("pos", 81)] {
            let bars = svg.matches(of: /<rect class="([a-z]+)"[^>]* height="([0-9.]+)"\/>/)
            let height = bars.filter { $0.output.1 == tone }.reduce(0) {
                $0 + (Double($1.output.2) ?? 0)
            }
            #expect(abs(height / unit - sum) < 0.5)
        }
    }

    @Test func isWellFormed() {
        #expect(XMLParser(data: Data(svg.utf8)).parse())
        let sparkline = Sparkline(SampleDigest.make().figures.mentions).svg
        #expect(XMLParser(data: Data(sparkline.utf8)).parse())
    }

    @Test func tellsWhatItShows() {
        #expect(svg.contains("<title id=\"c-t\">Harbor, stories by tone, 3–9 March 2026</title>"))
        #expect(svg.contains("537 stories in seven days, 207 of them negative"))
    }

    @Test func anEmptySeriesDrawsNothing() {
        let digest = SampleDigest.make(series: [])
        #expect(SevenDayChart(DigestWording(digest, language: .zh), prefix: "c").svg.isEmpty)
    }
}
