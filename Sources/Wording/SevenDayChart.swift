import EarshotDomain

/// A brand's stories in four-hour bars, stacked by tone, over the band of what is usual.
///
/// Drawn here as SVG with title, description and direct labels; colours come from the page by
/// class, so that light and dark follow the reader.
package struct SevenDayChart: Sendable {
    private let wording: DigestWording
    /// Makes the ids of title and description unique on a page.
    private let prefix: String

    private static let width = 880.0
    private static let left = 34.0
    private static let top = 10.0
    private static let bottom = 168.0

    package init(_ wording: DigestWording, prefix: String) {
        self.wording = wording
        self.prefix = prefix
    }

    private var series: [TrendBucket] { wording.digest.series }

    package var svg: String {
        guard let first = series.first, let last = series.last else { return "" }
        let title = Markup.escaped(
            wording.phrases.chartTitle(
                wording.brand, from: first.clock.date, to: last.clock.date))
        let id = Markup.escaped(prefix)
        let opening =
            "<svg viewBox=\"0 0 880 190\" role=\"img\" class=\"chart\" "
            + "aria-labelledby=\"\(id)-t \(id)-d\"><title id=\"\(id)-t\">\(title)</title>"
            + "<desc id=\"\(id)-d\">\(Markup.escaped(description))</desc>"
        return opening + grid + band + bars + days + "</svg>"
    }

    private var description: String {
        let peak = series.max { $0.stories.negative < $1.stories.negative }
        return wording.phrases.chartDescription(
            negative: series.reduce(0) { $0 + $1.stories.negative },
            stories: series.reduce(0) { $0 + $1.stories.all },
            peak: peak.flatMap { $0.stories.negative > 0 ? $0.clock : nil })
    }

    /// The value at the top: of the highest bar and band the next with a round step below it.
    private var scale: (step: Int, most: Double) {
        let highest = series.reduce(1.0) {
            max($0, Double($1.stories.all), $1.usual?.high ?? 0)
        }
        var step = 1
        for candidate in SevenDayChart.steps where Double(step) * 4 < highest { step = candidate }
        return (step, max(highest, Double(step)))
    }

    /// 1, 2, 5, 10 … up to a billion.
    private static let steps: [Int] = (0..<10).flatMap { power in
        let ten = (0..<power).reduce(1) { product, _ in product * 10 }
        return [ten, 2 * ten, 5 * ten]
    }

    private func y(_ value: Double) -> Double {
        Self.bottom - value / scale.most * (Self.bottom - Self.top)
    }

    private var slot: Double { (Self.width - Self.left) / Double(max(1, series.count)) }

    private func centre(_ place: Int) -> Double { Self.left + (Double(place) + 0.5) * slot }

    private var grid: String {
        let (step, most) = scale
        return stride(from: 0, through: Int(most), by: step).map { value in
            let height = y(Double(value))
            return "<line class=\"grid\" x1=\"34\" x2=\"880\" y1=\"\(SVG.number(height))\" "
                + "y2=\"\(SVG.number(height))\"/><text class=\"tick\" x=\"28\" "
                + "y=\"\(SVG.number(height + 3.5))\" text-anchor=\"end\">"
                + "\(wording.numerals.integer(value))</text>"
        }.joined()
    }

    private var band: String {
        let known = series.enumerated().compactMap { place, bucket in
            bucket.usual.map { (x: centre(place), usual: $0) }
        }
        guard known.count > 1 else { return "" }
        let above = known.map { "\(SVG.number($0.x)),\(SVG.number(y($0.usual.high)))" }
        let below = known.reversed().map { "\(SVG.number($0.x)),\(SVG.number(y($0.usual.low)))" }
        return "<polygon class=\"band\" points=\"\((above + below).joined(separator: " "))\"/>"
    }

    private var bars: String {
        let width = SVG.number(slot * 0.85)
        return series.enumerated().map { place, bucket in
            let left = SVG.number(centre(place) - slot * 0.425)
            var floor = 0
            let tones = [
                ("neg", bucket.stories.negative), ("neu", bucket.stories.neutral),
                ("pos", bucket.stories.positive),
            ]
            return tones.filter { $0.1 > 0 }.map { tone, count in
                let (top, bottom) = (y(Double(floor + count)), y(Double(floor)))
                floor += count
                return "<rect class=\"\(tone)\" x=\"\(left)\" y=\"\(SVG.number(top))\" "
                    + "width=\"\(width)\" height=\"\(SVG.number(bottom - top))\"/>"
            }.joined()
        }.joined()
    }

    /// One label under the middle of each day.
    private var days: String {
        var ranges: [(date: LocalDate, first: Int, last: Int)] = []
        for (place, bucket) in series.enumerated() {
            if ranges.last?.date == bucket.clock.date {
                ranges[ranges.count - 1].last = place
            } else {
                ranges.append((bucket.clock.date, place, place))
            }
        }
        return ranges.map { date, first, last in
            let middle = SVG.number((centre(first) + centre(last)) / 2)
            let label = Markup.escaped(wording.phrases.shortDay(date))
            return "<text class=\"tick\" x=\"\(middle)\" y=\"184\" text-anchor=\"middle\">"
                + "\(label)</text>"
        }.joined()
    }
}
