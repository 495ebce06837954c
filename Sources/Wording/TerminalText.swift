import EarshotDomain

/// How a piece of terminal text looks where colour is asked for.
enum TerminalStyle: Hashable {
    case plain, heading, quiet, negative, positive, strongNegative, strongPositive

    /// Parameters of ECMA-48's "select graphic rendition"; empty for none.
    var code: String {
        switch self {
        case .plain: ""
        case .heading: "1"
        case .quiet: "2"
        case .negative: "4;31"
        case .positive: "4;36"
        case .strongNegative: "1;4;31"
        case .strongPositive: "1;4;36"
        }
    }
}

struct TerminalPiece {
    let text: String
    let style: TerminalStyle
    /// Stays on one line where it fits on one.
    let isWhole: Bool

    init(_ text: String, _ style: TerminalStyle = .plain, isWhole: Bool = false) {
        self.text = text
        self.style = style
        self.isWhole = isWhole
    }
}

extension TerminalLayout {
    /// Text with the words that decided shown: underlined in colour, bold for much; without
    /// colour in brackets behind the sign of their direction, `[−leaks]`.
    ///
    /// - Parameter heaviest: the largest absolute weight of the whole story.
    func pieces(_ text: MarkedText, heaviest: Double) -> [TerminalPiece] {
        text.runs(heaviest: heaviest).map { run in
            guard let weight = run.weight else { return TerminalPiece(run.text) }
            guard colour else {
                return TerminalPiece("[\(weight < 0 ? Numerals.minus : "+")\(run.text)]")
            }
            return switch (weight < 0, run.strength) {
            case (true, .strong): TerminalPiece(run.text, .strongNegative)
            case (true, .weak): TerminalPiece(run.text, .negative)
            case (false, .strong): TerminalPiece(run.text, .strongPositive)
            case (false, .weak): TerminalPiece(run.text, .positive)
            }
        }
    }
}

/// Pieces laid into lines: broken at spaces and between wide characters, never before closing
/// punctuation, with escape sequences only where `colour` is true.
struct TerminalLayout {
    let width: Int
    let colour: Bool

    private struct Unit {
        var scalars: [(scalar: Unicode.Scalar, style: TerminalStyle)] = []
        var columns = 0
        var isSpace = false
    }

    private static let closing = Set("，。、；：？！”’》）】」』…,.;:?!)]".unicodeScalars)
    private static let opening = Set("“‘《（【「『([".unicodeScalars)

    func lines(_ pieces: [TerminalPiece], indent: String = "") -> [String] {
        var lines: [[Unit]] = [[]]
        var columns = 0
        let room = max(8, width - DisplayWidth.of(indent))
        for unit in units(pieces) {
            if columns + unit.columns > room, columns > 0, !unit.isSpace {
                lines.append([])
                columns = 0
            }
            if unit.isSpace, columns == 0 || columns + unit.columns > room { continue }
            lines[lines.count - 1].append(unit)
            columns += unit.columns
        }
        return lines.map { line in
            let kept = line.last?.isSpace == true ? line.dropLast() : line[...]
            return indent + styled(kept.flatMap(\.scalars))
        }
    }

    private func units(_ pieces: [TerminalPiece]) -> [Unit] {
        var units: [Unit] = []
        var previous: Unicode.Scalar?
        for piece in pieces {
            if piece.isWhole, DisplayWidth.of(piece.text) <= width / 2 {
                let scalars = piece.text.unicodeScalars.map { (PrintableText.of($0), piece.style) }
                units.append(
                    Unit(scalars: scalars, columns: DisplayWidth.of(piece.text), isSpace: false))
                previous = nil
                continue
            }
            for raw in piece.text.unicodeScalars {
                let scalar = PrintableText.of(raw)
                let columns = DisplayWidth.width(of: scalar)
                let isSpace = scalar == " "
                let joins: Bool
                if let previous, let last = units.last, !last.isSpace, !isSpace {
                    let parts = columns > 1 || DisplayWidth.width(of: previous) > 1
                    joins =
                        !parts || Self.closing.contains(scalar) || Self.opening.contains(previous)
                } else {
                    joins = false
                }
                if !joins { units.append(Unit(isSpace: isSpace)) }
                units[units.count - 1].scalars.append((scalar, piece.style))
                units[units.count - 1].columns += columns
                previous = scalar
            }
        }
        return units
    }

    /// What moves the cursor, colours the screen or turns the direction becomes a space.
    private func styled(
        _ scalars: [(scalar: Unicode.Scalar, style: TerminalStyle)]
    ) -> String {
        var text = ""
        var current = TerminalStyle.plain
        for (scalar, style) in scalars {
            if colour, style != current {
                if current != .plain { text += "\u{1B}[0m" }
                if style != .plain { text += "\u{1B}[\(style.code)m" }
                current = style
            }
            text.unicodeScalars.append(scalar)
        }
        return current == .plain ? text : text + "\u{1B}[0m"
    }
}
