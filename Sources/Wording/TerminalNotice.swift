/// A title and sentences under it, for a terminal.
package struct TerminalNotice: Sendable {
    private let title: String
    private let lines: [String]
    private let layout: TerminalLayout

    /// - Parameter width: columns; 40 at least.
    package init(title: String, lines: [String], width: Int, colour: Bool) {
        self.title = title
        self.lines = lines
        layout = TerminalLayout(width: max(40, width), colour: colour)
    }

    /// Lines ended by line feeds; a line's own indent is kept.
    package var text: String {
        let heading = layout.lines([TerminalPiece(title, .heading)])
        let rest = lines.flatMap { line in
            let indent = String(line.prefix { $0 == " " })
            return layout.lines(
                [TerminalPiece(String(line.dropFirst(indent.count)))], indent: "  " + indent)
        }
        return (heading + rest).joined(separator: "\n") + "\n"
    }
}
