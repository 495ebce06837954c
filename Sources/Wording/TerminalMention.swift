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
    ///   - content: whose `scoredText` the evidence is byte ranges of.
    ///   - when: as it is to be shown.
    ///   - width: columns; 40 at least.
    package init(
        content: EntryContent, sentiment: Sentiment, source: String, when: String, width: Int,
        colour: Bool
    ) {
        func marked(_ text: String, from offset: Int) -> MarkedText {
            let end = offset + text.utf8.count
            return MarkedText(
                text: text,
                marks: sentiment.evidence.filter { $0.start >= offset && $0.end <= end }.map {
                    MarkedText.Mark(
                        start: $0.start - offset, end: $0.end - offset, weight: $0.weight)
                })
        }
        title = marked(content.title, from: 0)
        body = marked(content.text, from: content.textOffset)
        label = sentiment.label
        score = sentiment.score
        facts = [source, content.author?.handle ?? "", when, content.url ?? ""]
            .filter { !$0.isEmpty }
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
