import EarshotDomain
import EarshotWire

/// How a field's value is found in an item: a path, or a function of one.
indirect enum FieldExpression: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case text(String)
        case value(FieldExpression)
    }

    case path(JSONPath)
    /// `text(x)`: the plain text of markup.
    case text(FieldExpression)
    /// `epoch(x)`: seconds or milliseconds since 1970 as RFC 3339.
    case epoch(FieldExpression)
    /// `language(x)`: the tag of a language that is named in English.
    case language(FieldExpression)
    /// `join(x, ", ")`: all values of a path.
    case joined(FieldExpression, String)
    /// `last(x, "/")`: what stands behind the last separator.
    case last(FieldExpression, String)
    /// `is(x, "a", "b")`: true where it is one of them.
    case isOneOf(FieldExpression, [String])
    /// `template("words {x} words")`: absent where one of its values is.
    case template([Piece])
    /// `unwrap(x)`: the link that a redirecting link carries, else the link itself.
    case unwrapped(FieldExpression)

    init(_ text: String) throws(MappingError) {
        var scanner = ExpressionScanner(text)
        self = try scanner.expression()
        try scanner.expectEnd()
    }

    /// The first value that is a text or number and not empty.
    func text(in item: JSON, of document: MappedDocument) -> String? {
        switch self {
        case .path(let path):
            return path.values(in: item, of: document).lazy.compactMap(\.scalar).first
        case .text(let inner):
            guard let markup = inner.text(in: item, of: document) else { return nil }
            var texts = EntryTexts(isRaw: false)
            let text = texts.both(html: markup, links: LinkResolver(base: nil)).text
            return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
        case .epoch(let inner):
            return inner.text(in: item, of: document).flatMap(Self.moment)?.rfc3339
        case .language(let inner):
            return inner.text(in: item, of: document).flatMap(LanguageNames.tag)
        case .joined(let inner, let separator):
            guard case .path(let path) = inner else { return inner.text(in: item, of: document) }
            let texts = path.values(in: item, of: document).compactMap(\.scalar)
            return texts.isEmpty ? nil : texts.joined(separator: separator)
        case .last(let inner, let separator):
            guard let text = inner.text(in: item, of: document) else { return nil }
            guard !separator.isEmpty, let found = text.ranges(of: separator).last else {
                return text
            }
            let rest = text[found.upperBound...]
            return rest.isEmpty ? nil : String(rest)
        case .isOneOf(let inner, let texts):
            return inner.text(in: item, of: document).flatMap { texts.contains($0) ? $0 : nil }
        case .template(let pieces):
            var text = ""
            for piece in pieces {
                switch piece {
                case .text(let words): text += words
                case .value(let inner):
                    guard let value = inner.text(in: item, of: document) else { return nil }
                    text += value
                }
            }
            return text
        case .unwrapped(let inner):
            return inner.text(in: item, of: document).map { LinkUnwrapping.target(of: $0) ?? $0 }
        }
    }

    /// All texts of a path; for the rest the one there is.
    func texts(in item: JSON, of document: MappedDocument) -> [String] {
        guard case .path(let path) = self else {
            return text(in: item, of: document).map { [$0] } ?? []
        }
        return path.values(in: item, of: document).compactMap(\.scalar)
    }

    /// Whether it holds something: true, a number other than 0, a text.
    func holds(in item: JSON, of document: MappedDocument) -> Bool {
        guard case .path(let path) = self else { return text(in: item, of: document) != nil }
        return path.values(in: item, of: document).contains { value in
            value.bool ?? value.number.map { Double($0) != 0 } ?? (value.scalar != nil)
        }
    }

    /// Seconds since 1970, with a fraction or without; milliseconds where they would lie beyond the
    /// year 5138.
    private static func moment(_ text: String) -> Timestamp? {
        guard let number = Double(text), number.isFinite, abs(number) < 1e14 else { return nil }
        let milliseconds = abs(number) < 1e11 ? number * 1_000 : number
        return Timestamp(milliseconds: Int64(milliseconds.rounded()))
    }
}
