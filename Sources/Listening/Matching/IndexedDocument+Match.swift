import EarshotDomain
import EarshotLanguage

/// Whether a query matches, and where: `match` of the matching specification.
extension IndexedDocument {
    func matches(_ node: QueryNode) -> Bool {
        switch node {
        case .and(let parts): parts.allSatisfy { matches($0) }
        case .or(let parts): parts.contains { matches($0) }
        case .not(let inner): !matches(inner)
        case .hashtag(let term): !marks(.hashtag, term).isEmpty
        case .mention(let term): !marks(.mention, term).isEmpty
        case .cashtag(let term): !marks(.cashtag, term).isEmpty
        case .author(let name): name == author
        case .site(let host):
            site == host
                || site.count > host.count && site.hasSuffix(host)
                    && site[site.count - host.count - 1] == 0x2E
        case .language(let tag):
            language.starts(with: tag)
                && (language.count == tag.count || language[tag.count] == 0x2D)
        case .url(let part): urls.contains { Self.contains($0[...], part) }
        case .title(let inner): spans(of: inner).contains { field(of: $0) == .title }
        case .phrase, .wildcard, .exact, .near: !spans(of: node).isEmpty
        }
    }

    func field(of span: TokenSpan) -> Field { entries[span.firstEntry].field }

    private func marks(_ kind: Mark.Kind, _ term: Term) -> [(field: Field, mark: Mark)] {
        [(Field.title, title), (.text, text)].flatMap { field, analysis in
            analysis.marks.lazy.filter {
                $0.kind == kind && $0.hash == term.hash
                    && analysis.folded(of: $0).elementsEqual(term.bytes)
            }.map { (field, $0) }
        }
    }

    // MARK: - Hits

    /// Where the parts of a matching query occur that made it match; of a NEAR, its operands.
    ///
    /// In reading order; of two that overlap, the one that begins first, then the longer one.
    func hits(of root: QueryNode) -> [Hit] {
        var found: [Hit] = []
        collect(root, in: nil, &found)
        found.sort {
            ($0.field == .title ? 0 : 1, $0.start, -$0.end, $0.term)
                < ($1.field == .title ? 0 : 1, $1.start, -$1.end, $1.term)
        }
        return found.reduce(into: []) { kept, hit in
            if let last = kept.last, last.field == hit.field, hit.start < last.end { return }
            kept.append(hit)
        }
    }

    private func collect(_ node: QueryNode, in field: Field?, _ found: inout [Hit]) {
        switch node {
        case .and(let parts):
            for part in parts { collect(part, in: field, &found) }
        case .or(let parts):
            for part in parts where matches(part) { collect(part, in: field, &found) }
        case .title(let inner): collect(inner, in: .title, &found)
        case .near(let first, let steps):
            let whole = spans(of: node).filter { field == nil || self.field(of: $0) == field }
            for operand in [first] + steps.map(\.operand) {
                collect(operand, within: Self.merged(whole), &found)
            }
        case .phrase, .wildcard, .exact:
            for span in Self.innermost(spans(of: node))
            where field == nil || self.field(of: span) == field {
                found.append(hit(span, node.term))
            }
        case .hashtag(let term): collect(.hashtag, term, "#", &found)
        case .mention(let term): collect(.mention, term, "@", &found)
        case .cashtag(let term): collect(.cashtag, term, "$", &found)
        case .url(let part): collectURLs(part, &found)
        case .not, .author, .site, .language: break
        }
    }

    /// Occurrences of the leaves of a NEAR inside its windows.
    private func collect(
        _ node: QueryNode, within windows: [ClosedRange<Int32>], _ found: inout [Hit]
    ) {
        switch node {
        case .or(let parts):
            for part in parts { collect(part, within: windows, &found) }
        case .near(let first, let steps):
            for part in [first] + steps.map(\.operand) { collect(part, within: windows, &found) }
        default:
            for span in spans(of: node) where Self.contains(windows, span) {
                found.append(hit(span, node.term))
            }
        }
    }

    /// Spans that hold no other one, so that of `"a b"~9` the closest pairs are shown.
    private static func innermost(_ spans: [TokenSpan]) -> [TokenSpan] {
        var least = Int32.max
        return spans.sorted { ($0.first, -$0.last) > ($1.first, -$1.last) }.filter {
            guard $0.last < least else { return false }
            least = $0.last
            return true
        }
    }

    /// Spans as ranges of positions; those that overlap become one.
    private static func merged(_ spans: [TokenSpan]) -> [ClosedRange<Int32>] {
        spans.sorted { ($0.first, $0.last) < ($1.first, $1.last) }.reduce(into: []) { out, span in
            if let last = out.last, span.first <= last.upperBound {
                out[out.count - 1] = last.lowerBound...max(last.upperBound, span.last)
            } else {
                out.append(span.first...span.last)
            }
        }
    }

    /// Whether a span lies inside one of the windows, which are in order and apart.
    private static func contains(_ windows: [ClosedRange<Int32>], _ span: TokenSpan) -> Bool {
        var low = 0
        var high = windows.count
        while low < high {
            let middle = (low + high) / 2
            if windows[middle].upperBound < span.first { low = middle + 1 } else { high = middle }
        }
        return low < windows.count && windows[low].contains(span.first)
            && windows[low].contains(span.last)
    }

    private func collect(
        _ kind: Mark.Kind, _ term: Term, _ sign: String, _ found: inout [Hit]
    ) {
        for (field, mark) in marks(kind, term) {
            found.append(
                Hit(
                    field: field, start: Int(mark.start), end: Int(mark.end),
                    term: sign + term.text))
        }
    }

    private func collectURLs(_ part: [UInt8], _ found: inout [Hit]) {
        for (field, analysis) in [(Field.title, title), (.text, text)] {
            for mark in analysis.marks where mark.kind == .url {
                let address = MatchFields.bare(analysis.folded(of: mark))
                guard Self.contains(address[...], part) else { continue }
                found.append(
                    Hit(
                        field: field, start: Int(mark.start), end: Int(mark.end),
                        term: String(decoding: part, as: UTF8.self)))
            }
        }
    }

    /// The bytes of a span.
    ///
    /// Where it begins or ends inside a hashtag and is more than one plain
    /// part of it, it is widened to the whole hashtag: the slice then reads as it did in the text.
    private func hit(_ span: TokenSpan, _ term: String) -> Hit {
        let field = field(of: span)
        let analysis = analysis(field)
        let first = token(span.firstEntry)
        let last = token(span.lastEntry)
        var start = first.start
        var end = last.end
        // Marks that NFKC reordered need not end where the last token does.
        for k in span.firstEntry...span.lastEntry where entries[k].last <= span.last {
            start = min(start, token(k).start)
            end = max(end, token(k).end)
        }
        if span.firstEntry != span.lastEntry || first.kind == .joinedParts {
            if first.kind == .hashtagPart || first.kind == .joinedParts {
                start = analysis.marks[Int(first.mark)].start
            }
            if last.kind == .hashtagPart || last.kind == .joinedParts {
                end = analysis.marks[Int(last.mark)].end
            }
            if first.kind == .mention || first.kind == .cashtag {
                start = analysis.marks[Int(first.mark)].start
            }
        }
        return Hit(field: field, start: Int(start), end: Int(end), term: term)
    }
}

extension QueryNode {
    /// A leaf as a reader writes it, folded.
    var term: String {
        switch self {
        case .phrase(let words, _), .exact(let words):
            words.dropFirst().reduce(words.first?.text ?? "") { text, word in
                let isTight =
                    text.unicodeScalars.last.map { ScalarClass.standsAlone($0.value) } ?? false
                    && word.text.unicodeScalars.first.map { ScalarClass.standsAlone($0.value) }
                        ?? false
                return text + (isTight ? "" : " ") + word.text
            }
        case .wildcard(let pattern): String(decoding: pattern, as: UTF8.self)
        default: ""
        }
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool {
        reversed().starts(with: suffix.reversed())
    }
}
