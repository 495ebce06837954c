/// The tokens of a text with the way back to its bytes: rules A1 to A6 of the matching
/// specification (`queries.py`), which every stage that reads words shares.
///
/// A value is a set of buffers: analyse one text after the other with the same value and nothing
/// is allocated in the steady state. Cost is linear in the text.
package struct TextAnalysis: Sendable {
    /// In order of position; joined parts of a hashtag after its single parts.
    package private(set) var tokens: [Token] = []
    /// In reading order.
    package private(set) var marks: [Mark] = []
    /// Folded bytes of all tokens and marks.
    package private(set) var folded: [UInt8] = []
    /// Positions used: one more than the last.
    package private(set) var positions: Int32 = 0
    private var prepared = PreparedText()
    private var joined: [UInt8] = []
    var parts: [HashtagPart] = []
    let table = UnicodeTable.shared

    package init() {}

    /// Analyses `text`, at most 2 GiB.
    package init(_ text: String) {
        analyse(text)
    }

    package mutating func analyse(_ text: String) {
        var text = text
        text.withUTF8 { analyse($0) }
    }

    package mutating func analyse(_ text: UnsafeBufferPointer<UInt8>) {
        tokens.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
        folded.removeAll(keepingCapacity: true)
        joined.removeAll(keepingCapacity: true)
        positions = 0
        prepared.prepare(UnsafeBufferPointer(rebasing: text.prefix(Int(Int32.max))))
        let bytes = prepared.bytes
        bytes.withUnsafeBufferPointer { scan($0) }
    }

    /// The folded bytes of a token.
    package func folded(of token: Token) -> ArraySlice<UInt8> {
        folded[Int(token.foldedStart)..<Int(token.foldedEnd)]
    }

    package func folded(of mark: Mark) -> ArraySlice<UInt8> {
        folded[Int(mark.foldedStart)..<Int(mark.foldedEnd)]
    }

    /// The bytes of a token after rule A1, as written otherwise.
    package func raw(of token: Token) -> ArraySlice<UInt8> {
        let range = Int(token.rawStart)..<Int(token.rawEnd)
        return token.rawIsJoined ? joined[range] : prepared.bytes[range]
    }

    // MARK: - Scanning

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    private mutating func scan(_ s: UnsafeBufferPointer<UInt8>) {
        var i = 0
        while i < s.count {
            let (scalar, length) = UTF8Scalar.decode(s, i)
            let properties = table.properties(scalar)
            var next: Int?
            switch scalar {
            case 0x68, 0x48: next = url(s, i)
            case 0x23: next = hashtag(s, i)
            case 0x40: next = mention(s, i)
            case 0x24: next = cashtag(s, i)
            default: break
            }
            if let next {
                i = next
            } else if properties.isToken {
                i = word(s, i, i + length, properties.script)
            } else {
                if properties.isEmoji {
                    add(.emoji, s, i..<i + length, position: positions)
                    positions += 1
                }
                i += length
            }
        }
    }

    /// Whether a token character of an ordinary run stands directly before `i`.
    private func isStuck(_ s: UnsafeBufferPointer<UInt8>, _ i: Int) -> Bool {
        guard let before = UTF8Scalar.before(s, i) else { return false }
        let properties = table.properties(before)
        return properties.isToken && properties.script == 0
    }

    private mutating func url(_ s: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int? {
        let scheme = Self.schemeLength(s, i)
        guard scheme > 0, !isStuck(s, i) else { return nil }
        var end = i + scheme
        while end < s.count, ASCII.isURLCharacter(s[end]) { end += 1 }
        while end > i + scheme, ASCII.isURLPunctuation(s[end - 1]) { end -= 1 }
        guard end > i + scheme else { return nil }
        addMark(.url, s, i..<end, body: i..<end)
        positions += 1
        return end
    }

    /// Bytes of `http://` or `https://` at `i`, in any case; 0 where there is neither.
    private static func schemeLength(_ s: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int {
        guard i + 7 <= s.count else { return 0 }
        let http: StaticString = "http"
        for k in 0..<4 where s[i + k] | 0x20 != http.utf8Start[k] { return 0 }
        let colon = s[i + 4] | 0x20 == 0x73 ? i + 5 : i + 4
        guard colon + 3 <= s.count, s[colon] == 0x3A, s[colon + 1] == 0x2F, s[colon + 2] == 0x2F
        else { return 0 }
        return colon + 3 - i
    }

    private mutating func mention(_ s: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int? {
        var end = i + 1
        while end < s.count, ASCII.isAlphanumeric(s[end]) || s[end] == 0x5F { end += 1 }
        guard end > i + 1, !isStuck(s, i) else { return nil }
        let mark = addMark(.mention, s, i..<end, body: i + 1..<end)
        add(.mention, s, i + 1..<end, position: positions, mark: mark)
        positions += 1
        return end
    }

    private mutating func cashtag(_ s: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int? {
        var end = i + 1
        while end < s.count, ASCII.isLetter(s[end]) { end += 1 }
        guard (2...7).contains(end - i), !isStuck(s, i), i == 0 || s[i - 1] != 0x24 else {
            return nil
        }
        if end < s.count {
            let next = UTF8Scalar.decode(s, end).scalar
            guard next != 0x5F, !table.properties(next).isToken else { return nil }
        }
        let mark = addMark(.cashtag, s, i..<end, body: i + 1..<end)
        add(.cashtag, s, i + 1..<end, position: positions, mark: mark)
        positions += 1
        return end
    }

    private mutating func word(
        _ s: UnsafeBufferPointer<UInt8>, _ start: Int, _ second: Int, _ script: UInt32
    ) -> Int {
        var end = second
        while script != 1, end < s.count {
            if script == 0, ASCII.isAlphanumeric(s[end]) {
                end += 1
                continue
            }
            let (scalar, length) = UTF8Scalar.decode(s, end)
            let properties = table.properties(scalar)
            guard properties.isToken, properties.script == script else { break }
            end += length
        }
        if add(.word, s, start..<end, position: positions) { positions += 1 }
        guard end + 1 < s.count, s[end] == 0x27, s[end + 1] | 0x20 == 0x73 else { return end }
        guard end + 2 < s.count else { return end + 2 }
        let after = UTF8Scalar.decode(s, end + 2).scalar
        return table.properties(after).isToken ? end : end + 2
    }

    private mutating func hashtag(_ s: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int? {
        guard !isStuck(s, i) else { return nil }
        var end = i + 1
        var holdsLetter = false
        while end < s.count {
            let (scalar, length) = UTF8Scalar.decode(s, end)
            let properties = table.properties(scalar)
            guard properties.isToken || scalar == 0x5F else { break }
            let kind = properties.kind
            if kind == UnicodeTable.Kind.letter || kind == UnicodeTable.Kind.upper {
                holdsLetter = true
            }
            end += length
        }
        guard holdsLetter else { return nil }
        let mark = addMark(.hashtag, s, i..<end, body: i + 1..<end)
        addParts(s, i + 1..<end, mark)
        return end < s.count && s[end] == 0x23 ? end + 1 : end
    }

    /// Adds the parts of a hashtag and their runs of two to six (rule A5).
    private mutating func addParts(
        _ s: UnsafeBufferPointer<UInt8>, _ body: Range<Int>, _ mark: Int32
    ) {
        parts.removeAll(keepingCapacity: true)
        cutHashtag(s, body)
        let firstToken = tokens.count
        var kept = 0
        for part in parts {
            let position = positions + Int32(kept)
            guard add(.hashtagPart, s, part.range, position: position, mark: mark) else { continue }
            parts[kept] = part
            kept += 1
        }
        for first in 0..<kept where parts[first].script == 0 {
            for last in first + 1..<max(first + 1, min(first + 6, kept)) {
                guard parts[last].script == 0 else { break }
                addJoined(s, parts[first...last], tokens[firstToken + first], mark)
            }
        }
        positions += Int32(kept)
    }

    private mutating func addJoined(
        _ s: UnsafeBufferPointer<UInt8>, _ run: ArraySlice<HashtagPart>, _ first: Token,
        _ mark: Int32
    ) {
        guard let last = run.last else { return }
        let rawStart = joined.count
        for part in run { joined.append(contentsOf: s[part.range]) }
        let raw = Array(joined[rawStart...])
        let fold = raw.withUnsafeBufferPointer { appendFold($0, 0..<raw.count) }
        tokens.append(
            Token(
                kind: .joinedParts, first: first.first, last: first.first + Int32(run.count) - 1,
                start: first.start, end: Int32(prepared.source(of: last.range).upperBound),
                foldedStart: Int32(fold.lowerBound), foldedEnd: Int32(fold.upperBound),
                rawStart: Int32(rawStart), rawEnd: Int32(joined.count), rawIsJoined: true,
                mark: mark, hash: hash(of: fold)))
    }

    // MARK: - Adding

    /// Adds the token unless its folded text is empty (rule A6).
    @discardableResult
    private mutating func add(
        _ kind: Token.Kind, _ s: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
        position: Int32, mark: Int32 = -1
    ) -> Bool {
        let fold = appendFold(s, range)
        guard !fold.isEmpty else { return false }
        let source = prepared.source(of: range)
        tokens.append(
            Token(
                kind: kind, first: position, last: position,
                start: Int32(source.lowerBound), end: Int32(source.upperBound),
                foldedStart: Int32(fold.lowerBound), foldedEnd: Int32(fold.upperBound),
                rawStart: Int32(range.lowerBound), rawEnd: Int32(range.upperBound),
                rawIsJoined: false, mark: mark, hash: hash(of: fold)))
        return true
    }

    @discardableResult
    private mutating func addMark(
        _ kind: Mark.Kind, _ s: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, body: Range<Int>
    ) -> Int32 {
        var fold = folded.count..<folded.count
        if kind == .url {
            folded.append(contentsOf: s[body])
            fold = fold.lowerBound..<folded.count
        } else {
            fold = appendFold(s, body)
        }
        let source = prepared.source(of: range)
        marks.append(
            Mark(
                kind: kind, start: Int32(source.lowerBound), end: Int32(source.upperBound),
                foldedStart: Int32(fold.lowerBound), foldedEnd: Int32(fold.upperBound),
                hash: hash(of: fold)))
        return Int32(marks.count - 1)
    }

    private func hash(of range: Range<Int>) -> UInt64 {
        folded.withUnsafeBufferPointer { Hash64.of(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    private mutating func appendFold(
        _ s: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) -> Range<Int> {
        let start = folded.count
        Folding.append(s, range, table, to: &folded)
        return start..<folded.count
    }
}

extension TextAnalysis {
    /// The folded words of a text in order, as a search index takes them; joined parts left out.
    package static func words(of text: String) -> [String] {
        let analysis = TextAnalysis(text)
        return analysis.tokens.lazy.filter(\.isSingle).map {
            String(decoding: analysis.folded(of: $0), as: UTF8.self)
        }
    }
}
