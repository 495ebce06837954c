package import EarshotDomain

/// A digest for a terminal, or as plain text: the sentence first, figures against the usual, the
/// stories with the words that decided, the sources.
///
/// Without colour a word that decided stands in brackets behind the sign of its direction,
/// `[−leaks]`; with colour it is underlined, bold for much.
package struct TerminalDigest: Sendable {
    private let wording: DigestWording
    private let layout: TerminalLayout

    /// Columns of the longest bar: what the words beside it leave, 24 at most.
    private let longestBar: Int

    /// - Parameters:
    ///   - width: columns; 40 at least.
    ///   - colour: ANSI escape sequences; without, the text has none.
    package init(
        _ digest: Digest, language: ReaderLanguage, width: Int = 80, colour: Bool = false
    ) {
        wording = DigestWording(digest, language: language)
        layout = TerminalLayout(width: max(40, width), colour: colour)
        longestBar = min(24, layout.width - 32)
    }

    /// Lines ended by line feeds.
    package var text: String {
        let phrases = wording.phrases
        var lines = layout.lines([TerminalPiece(wording.headline, .heading)])
        lines += layout.lines([TerminalPiece(wording.detail)])
        lines += layout.lines([TerminalPiece(wording.dayLine, .quiet)])
        lines += [""] + figures
        lines += [""] + heading(phrases.tone) + tones
        lines += [""] + heading(phrases.sevenDays) + days
        if !wording.splits.isEmpty {
            lines += [""] + heading(phrases.whereNegativesComeFrom)
            lines += wording.splits.flatMap(parts)
        }
        lines += [""] + heading(phrases.topStories) + stories
        lines += [""] + heading(phrases.sources) + sources
        lines += layout.lines([TerminalPiece(phrases.asKnown(wording.digest.day.cutClock), .quiet)])
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ text: String) -> [String] {
        layout.lines([TerminalPiece(text, .heading)])
    }

    private var figures: [String] {
        let figures = wording.figures
        let labels = figures.map { DisplayWidth.of($0.label) }.max() ?? 0
        let values = figures.map { DisplayWidth.of($0.value) }.max() ?? 0
        return figures.flatMap { figure in
            let value = DisplayWidth.padded(figure.value, to: values, right: true)
            let label = DisplayWidth.padded(figure.label, to: labels)
            let line = layout.width >= 72 ? "  " + Self.spark(figure.figure.history) : ""
            return layout.lines(
                [
                    TerminalPiece(label + "  "),
                    TerminalPiece(value, figure.isBad ? .negative : .heading),
                    TerminalPiece(line + "  " + figure.change),
                ], indent: "  ")
        }
    }

    /// Fourteen days in eight heights; a dot where there is no value.
    private static func spark(_ history: [Double?]) -> String {
        let known = history.compactMap(\.self)
        guard let low = known.min(), let high = known.max() else { return "" }
        let glyphs = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        return history.map { value in
            guard let value else { return "·" }
            let part = high > low ? (value - low) / (high - low) : 0
            return glyphs[min(7, max(0, Int(part * 7.999)))]
        }.joined()
    }

    private var tones: [String] {
        let figures = wording.digest.figures
        let rows: [(Sentiment.Label, Figure)] = [
            (.negative, figures.negative), (.neutral, figures.neutral),
            (.positive, figures.positive),
        ]
        let most = rows.reduce(1.0) { max($0, $1.1.value ?? 0, $1.1.usual?.mean ?? 0) }
        let labels = rows.map { DisplayWidth.of(wording.phrases.label($0.0)) }.max() ?? 0
        return rows.map { label, figure in
            let value = figure.value ?? 0
            let filled = columns(value, of: most)
            let usual = figure.usual.map { columns($0.mean, of: most) } ?? 0
            let bar =
                String(repeating: "█", count: filled)
                + String(repeating: "░", count: max(0, usual - filled))
            let number = wording.numerals.integer(Int(value))
            let words = figure.usual.map {
                wording.phrases.usualWord + " " + wording.numerals.usual($0.mean)
            }
            return row(
                DisplayWidth.padded(wording.phrases.label(label), to: labels), number, bar, words)
        }
    }

    private func row(
        _ label: String, _ number: String, _ bar: String, _ usual: String?
    ) -> String {
        let filled = usual.map { DisplayWidth.padded(bar, to: longestBar) + "  " + $0 } ?? bar
        let line = "  " + label + "  " + DisplayWidth.padded(number, to: 5, right: true)
        return filled.isEmpty ? line : line + "  " + filled
    }

    private func columns(_ value: Double, of most: Double) -> Int {
        value > 0 ? max(1, Int((value / most * Double(longestBar)).rounded())) : 0
    }

    /// One line a day: `█` negative, `▒` neutral, `░` positive.
    private var days: [String] {
        struct Day {
            let date: LocalDate
            var stories = LabelCounts()
            var usual: Double?
        }
        var days: [Day] = []
        for bucket in wording.digest.series {
            if days.last?.date != bucket.clock.date { days.append(Day(date: bucket.clock.date)) }
            let last = days.count - 1
            days[last].stories.negative += bucket.stories.negative
            days[last].stories.neutral += bucket.stories.neutral
            days[last].stories.positive += bucket.stories.positive
            if let usual = bucket.usual { days[last].usual = (days[last].usual ?? 0) + usual.mean }
        }
        let most = Double(max(longestBar, days.map(\.stories.all).max() ?? 0))
        let labels = days.map { DisplayWidth.of(wording.phrases.shortDay($0.date)) }.max() ?? 0
        var lines = days.map { day in
            var floor = 0
            var reached = 0
            var bar = ""
            let tones = [
                ("█", day.stories.negative), ("▒", day.stories.neutral),
                ("░", day.stories.positive),
            ]
            for (glyph, count) in tones {
                floor += count
                let end = Int((Double(floor) / most * Double(longestBar)).rounded())
                bar += String(repeating: glyph, count: max(0, end - reached))
                reached = max(reached, end)
            }
            let number = wording.numerals.integer(day.stories.all)
            let usual = day.usual.map {
                wording.phrases.usualWord + " " + wording.numerals.usual($0)
            }
            return row(
                DisplayWidth.padded(wording.phrases.shortDay(day.date), to: labels), number, bar,
                usual)
        }
        let key = [
            ("█", Sentiment.Label.negative), ("▒", .neutral), ("░", .positive),
        ].map { $0.0 + " " + wording.phrases.label($0.1) }
        lines += layout.lines([TerminalPiece(key.joined(separator: "  "), .quiet)], indent: "  ")
        return lines
    }

    private func parts(_ split: WordedSplit) -> [String] {
        let most = split.parts.reduce(1.0) { max($0, Double($1.negative)) }
        let names = split.parts.map(\.name) + [wording.phrases.sum]
        let width = min(layout.width / 3, names.map(DisplayWidth.of).max() ?? 0)
        func row(_ name: String, _ negative: Int, bar: String, _ tenths: Int?) -> [String] {
            let number = wording.numerals.integer(negative)
            let excess = tenths.map(wording.excess)
            let filled = DisplayWidth.padded(bar, to: excess == nil ? 0 : longestBar)
            let text =
                DisplayWidth.padded(name, to: width) + "  "
                + DisplayWidth.padded(number, to: 4, right: true) + "  " + filled
                + (excess.map { "  " + DisplayWidth.padded($0, to: 6, right: true) } ?? "")
            return layout.lines([TerminalPiece(text)], indent: "  ")
        }
        var lines = layout.lines([TerminalPiece(split.title, .quiet)], indent: "  ")
        for part in split.parts {
            let filled = columns(Double(part.negative), of: most)
            lines += row(
                part.name, part.negative, bar: String(repeating: "█", count: filled),
                part.excessTenths)
        }
        return lines
            + row(wording.phrases.sum, split.negative, bar: "", split.excessTenths)
    }

    private var stories: [String] {
        let phrases = wording.phrases
        guard !wording.digest.topStories.isEmpty else {
            return layout.lines([TerminalPiece(phrases.noStories)], indent: "  ")
        }
        return wording.digest.topStories.flatMap { story in
            let heaviest = story.heaviest
            let title = layout.pieces(story.title, heaviest: heaviest)
            let text = layout.pieces(story.excerpt, heaviest: heaviest)
            let quote = title.isEmpty || text.isEmpty ? title + text : title + [" · "] + text
            let lines = layout.lines(
                [TerminalPiece(phrases.quotes.opening)] + quote
                    + [TerminalPiece(phrases.quotes.closing)], indent: "  ")
            let score = wording.numerals.decimal(story.score, places: 2, signed: true)
            var meta = [
                phrases.label(story.label) + " " + score,
                phrases.posts(story.posts, authors: story.authors),
            ]
            meta += story.places.prefix(3)
            meta.append(phrases.dayAndTime(story.firstClock))
            let pieces = meta.enumerated().flatMap { place, item in
                (place > 0 ? [TerminalPiece(" ", .quiet), TerminalPiece("· ", .quiet)] : [])
                    + [TerminalPiece(item, .quiet, isWhole: true)]
            }
            return lines + layout.lines(pieces, indent: "    ")
        }
    }

    private var sources: [String] {
        let health = wording.digest.sources
        var lines = layout.lines(
            [TerminalPiece(wording.phrases.onTime(health.onTime, of: health.total))], indent: "  ")
        for sentence in wording.silentSources {
            lines += layout.lines([TerminalPiece(sentence, .heading)], indent: "  ")
        }
        return lines
    }
}

extension TerminalPiece: ExpressibleByStringLiteral {
    init(stringLiteral value: String) {
        self.init(value)
    }
}
