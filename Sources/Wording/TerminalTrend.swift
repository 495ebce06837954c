package import EarshotDomain

/// A brand's series for a terminal: a sparkline, then a row for each bucket against the usual.
package struct TerminalTrend: Sendable {
    private let brand: Brand
    private let buckets: [TrendBucket]
    private let width: Int
    private let language = ReaderLanguage.en

    private static let glyphs = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// - Parameters:
    ///   - buckets: oldest first.
    ///   - width: columns; 60 at least.
    package init(brand: Brand, buckets: [TrendBucket], width: Int) {
        self.brand = brand
        self.buckets = buckets
        self.width = max(60, width)
    }

    /// Lines ended by line feeds.
    package var text: String {
        let most = max(1, buckets.map(\.stories.all).max() ?? 1)
        let spark = buckets.map { Self.glyphs[$0.stories.all * 7 / most] }.joined()
        let barWidth = width - 48
        let rows = buckets.map { row($0, most: most, barWidth: barWidth) }
        let head = "\(brand.name(in: "en")), stories  \(String(spark.suffix(width - 30)))"
        let key = "█ negative  ▒ neutral  ░ positive"
        return ([head, ""] + rows + ["", key]).joined(separator: "\n") + "\n"
    }

    private func row(_ bucket: TrendBucket, most: Int, barWidth: Int) -> String {
        let stories = bucket.stories
        var bar = ""
        var floor = 0
        for (glyph, count) in [
            ("█", stories.negative), ("▒", stories.neutral), ("░", stories.positive),
        ] {
            let from = floor * barWidth / most
            floor += count
            bar += String(repeating: glyph, count: floor * barWidth / most - from)
        }
        let numerals = language.numerals
        let day = language.phrases.shortDay(bucket.clock.date)
        let isDay = (bucket.end - bucket.start) > .hours(20)
        let when = isDay ? day : day + " " + Clock.text(bucket.clock)
        let usual =
            bucket.usual.map {
                "usual \(numerals.usual($0.mean)), \(numerals.usual($0.low)) to "
                    + numerals.usual($0.high)
            } ?? "no usual yet"
        return DisplayWidth.padded(when, to: 12)
            + DisplayWidth.padded(numerals.integer(stories.all), to: 5, right: true) + "  "
            + DisplayWidth.padded(bar, to: barWidth) + "  " + usual
    }
}
