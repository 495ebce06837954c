package import EarshotDomain

/// A mention for a terminal: its text with the words that decided marked, then what it is.
package struct TerminalMention: Sendable {
    private let marked: MarkedText
    private let label: Sentiment.Label
    private let score: Double
    private let facts: [String]
    private let layout: TerminalLayout

    /// - Parameters:
    ///   - text: what was scored; evidence are byte ranges of it.
    ///   - when: as it is to be shown.
    ///   - width: columns; 40 at least.
    package init(
        text: String, sentiment: Sentiment, source: String, author: String?, when: String,
        url: String?, width: Int, colour: Bool
    ) {
        marked = MarkedText(
            text: text,
            marks: sentiment.evidence.map {
                MarkedText.Mark(start: $0.start, end: $0.end, weight: $0.weight)
            })
        label = sentiment.label
        score = sentiment.score
        facts = [source, author ?? "", when, url ?? ""].filter { !$0.isEmpty }
        layout = TerminalLayout(width: max(40, width), colour: colour)
    }

    /// Lines ended by line feeds.
    package var text: String {
        let numerals = Numerals(language: .en)
        let style: TerminalStyle =
            switch label {
            case .negative: .negative
            case .neutral: .quiet
            case .positive: .positive
            }
        let tag = "\(label.rawValue) \(numerals.decimal(score, places: 2, signed: true))"
        let lines =
            layout.lines(layout.pieces(marked, heaviest: marked.heaviest))
            + layout.lines(
                [
                    TerminalPiece(tag, style),
                    TerminalPiece(facts.map { " · " + $0 }.joined(), .quiet),
                ], indent: "  ")
        return lines.joined(separator: "\n") + "\n"
    }
}
