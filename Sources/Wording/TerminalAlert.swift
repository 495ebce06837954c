package import EarshotDomain

/// An alert for a terminal: what, how much, since when; on request why, in parts that add up.
package struct TerminalAlert: Sendable {
    private let alert: Alert
    private let brand: Brand
    private let language: ReaderLanguage
    private let layout: TerminalLayout
    private let clock: @Sendable (Timestamp) -> WallClock

    /// - Parameters:
    ///   - width: columns; 40 at least.
    ///   - clock: what a moment shows on the reader's wall.
    package init(
        _ alert: Alert, brand: Brand, language: ReaderLanguage, width: Int, colour: Bool,
        clock: @escaping @Sendable (Timestamp) -> WallClock
    ) {
        self.alert = alert
        self.brand = brand
        self.language = language
        layout = TerminalLayout(width: max(40, width), colour: colour)
        self.clock = clock
    }

    /// Headline, counts, what happened when; lines ended by line feeds.
    package var text: String {
        guard let height = alert.height else { return "" }
        let wording = AlertWording(height, of: brand, language: language)
        let now = alert.resolvedAt == nil ? height : alert.events.last ?? height
        let headline = AlertWording(now, of: brand, language: language).headline
        var lines = layout.lines([TerminalPiece(headline, .heading)])
        lines += layout.lines([TerminalPiece(wording.counts)], indent: "  ")
        lines += layout.lines([TerminalPiece(times(wording), .quiet)], indent: "  ")
        return joined(lines)
    }

    /// The same with the evidence and the excess split by source, aspect and story.
    ///
    /// - Parameter headlines: what tells a story, by its key.
    package func explanation(headlines: [String: String]) -> String {
        guard let height = alert.height else { return "" }
        let wording = AlertWording(height, of: brand, language: language)
        var lines = layout.lines([TerminalPiece(wording.evidence)], indent: "  ")
        lines += layout.lines([TerminalPiece(wording.effects)], indent: "  ")
        for split in wording.splits(headlines: headlines) {
            lines += [""] + table(split, wording)
        }
        return text + joined(lines)
    }

    private func times(_ wording: AlertWording) -> String {
        var items: [String] = ["#\(alert.id.rawValue)"]
        for event in alert.events {
            let time = language.phrases.dayAndTime(clock(event.knownAt))
            switch event.kind {
            case .opened: items.append(wording.words.openedAt(time))
            case .updated: items.append(wording.words.updatedAt(time))
            case .resolved: items.append(wording.words.resolvedAt(time))
            }
        }
        if alert.resolvedAt == nil { items.append(wording.words.isOpen) }
        return items.joined(separator: " · ")
    }

    private func table(_ split: WordedExcess, _ wording: AlertWording) -> [String] {
        let names = split.parts.map(\.name) + [language.phrases.sum]
        let width = min(layout.width / 2, names.map(DisplayWidth.of).max() ?? 0)
        var lines = layout.lines([TerminalPiece(split.title, .quiet)], indent: "  ")
        for part in split.parts {
            lines += row(part.name, part.negatives, part.tenths, width, wording)
            guard !part.evidence.isEmpty else { continue }
            let ids = part.evidence.map { "\($0.rawValue)" }.joined(separator: ", ")
            lines += layout.lines(
                [TerminalPiece(wording.words.mentions(ids), .quiet)], indent: "    ")
        }
        return lines
            + row(language.phrases.sum, split.negatives, split.tenths, width, wording)
    }

    /// A name too long is broken; the numbers stand behind its last line.
    private func row(
        _ name: String, _ negatives: Int, _ tenths: Int, _ width: Int, _ wording: AlertWording
    ) -> [String] {
        let inner = TerminalLayout(width: width, colour: false)
        var broken = inner.lines([TerminalPiece(name)])
        let numbers =
            DisplayWidth.padded(language.numerals.integer(negatives), to: 5, right: true)
            + DisplayWidth.padded(wording.text(tenths: tenths), to: 9, right: true)
        let last = broken.popLast() ?? ""
        return broken.map { "  " + $0 } + ["  " + DisplayWidth.padded(last, to: width) + numbers]
    }

    private func joined(_ lines: [String]) -> String {
        lines.map { $0 + "\n" }.joined()
    }
}
