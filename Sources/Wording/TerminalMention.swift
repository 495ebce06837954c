package import EarshotDomain

/// A mention for a terminal: its text with the words that decided marked, then what it is.
package struct TerminalMention: Sendable {
    private let title: MarkedText
    private let body: MarkedText
    private let label: Sentiment.Label
    private let score: Double
    private let facts: [String]
    private let layout: TerminalLayout

    /// - Parameters:
    ///   - title, body: what was said, with the words that decided.
    ///   - facts: what is told of it, such as source, author and time; empty ones are left out.
    ///   - width: columns; 40 at least.
    package init(
        title: MarkedText, body: MarkedText, sentiment: Sentiment, facts: [String], width: Int,
        colour: Bool
    ) {
        self.title = title
        self.body = body
        label = sentiment.label
        score = sentiment.score
        self.facts = facts.filter { !$0.isEmpty }
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
        let heaviest = max(title.heaviest, body.heaviest)
        let quoted = [title, body].filter { !$0.text.isEmpty }
            .map { layout.pieces($0, heaviest: heaviest) }
        let lines =
            layout.lines(Array(quoted.joined(separator: [TerminalPiece(" · ")])))
            + layout.lines(
                [
                    TerminalPiece(tag, style),
                    TerminalPiece(facts.map { " · " + $0 }.joined(), .quiet),
                ], indent: "  ")
        return lines.joined(separator: "\n") + "\n"
    }
}
