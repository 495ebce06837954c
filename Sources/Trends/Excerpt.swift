package import EarshotDomain

/// The part of a text that a digest quotes: all of a short one, else what surrounds the words that
/// decided, cut between words and marked with an ellipsis.
package enum Excerpt {
    /// UTF-8 bytes that are quoted; chosen: three lines of a page, 90 Han characters.
    private static let limit = 280
    private static let headlineLimit = 90
    private static let ellipsis = "…"

    /// Title and excerpt of a mention, its evidence mapped back to each.
    package static func marked(_ detail: MentionDetail) -> (title: MarkedText, text: MarkedText) {
        let textOffset = detail.title.isEmpty ? 0 : detail.title.utf8.count + 1
        let title = mark(detail.title, evidence: detail.evidence, offset: 0)
        let whole = mark(detail.text, evidence: detail.evidence, offset: textOffset)
        return (title, cut(whole))
    }

    /// A line that names a mention: its title, else the beginning of its text.
    package static func headline(_ detail: MentionDetail) -> String {
        guard detail.title.isEmpty else { return detail.title }
        let bytes = Array(detail.text.utf8)
        guard bytes.count > headlineLimit else { return detail.text }
        let end = boundary(atOrBefore: headlineLimit, after: 0, in: bytes)
        return String(decoding: bytes[..<end], as: UTF8.self) + ellipsis
    }

    /// The evidence that lies within `text`, which begins at `offset` of the scored text.
    private static func mark(
        _ text: String, evidence: [Sentiment.Evidence], offset: Int
    ) -> MarkedText {
        let bytes = Array(text.utf8)
        var marks: [MarkedText.Mark] = []
        for span in evidence.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            guard span.start >= offset, span.end > span.start else { continue }
            let start = span.start - offset
            let end = span.end - offset
            guard end <= bytes.count, start >= marks.last?.end ?? 0, isBoundary(start, in: bytes),
                isBoundary(end, in: bytes)
            else { continue }
            marks.append(MarkedText.Mark(start: start, end: end, weight: span.weight))
        }
        return MarkedText(text: text, marks: marks)
    }

    private static func cut(_ whole: MarkedText) -> MarkedText {
        let bytes = Array(whole.text.utf8)
        guard bytes.count > limit else { return whole }
        let heaviest = whole.marks.max { abs($0.weight) < abs($1.weight) }
        var start = 0
        if let heaviest, heaviest.end > limit {
            start = boundary(atOrAfter: max(0, heaviest.start - limit / 3), in: bytes)
        }
        let end = boundary(atOrBefore: min(bytes.count, start + limit), after: start, in: bytes)
        let leading = start > 0 ? ellipsis : ""
        let trailing = end < bytes.count ? ellipsis : ""
        let shift = leading.utf8.count - start
        let kept = whole.marks.filter { $0.start >= start && $0.end <= end }.map {
            MarkedText.Mark(start: $0.start + shift, end: $0.end + shift, weight: $0.weight)
        }
        let text = leading + String(decoding: bytes[start..<end], as: UTF8.self) + trailing
        return MarkedText(text: text, marks: kept)
    }

    private static func isBoundary(_ place: Int, in bytes: [UInt8]) -> Bool {
        place == bytes.count || (place >= 0 && place < bytes.count && bytes[place] & 0xC0 != 0x80)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }

    /// After the next space within 30 bytes, else at the next scalar.
    private static func boundary(atOrAfter place: Int, in bytes: [UInt8]) -> Int {
        guard place > 0 else { return 0 }
        for near in place..<min(bytes.count, place + 30) where isSpace(bytes[near]) {
            return near + 1
        }
        var scalar = place
        while scalar < bytes.count, !isBoundary(scalar, in: bytes) { scalar += 1 }
        return scalar
    }

    /// Before the last space within 30 bytes, else at a scalar.
    private static func boundary(
        atOrBefore place: Int, after start: Int, in bytes: [UInt8]
    ) -> Int {
        guard place < bytes.count else { return bytes.count }
        for near in stride(from: place, to: max(start, place - 30), by: -1)
        where isSpace(bytes[near]) {
            return near
        }
        var scalar = place
        while scalar > start, !isBoundary(scalar, in: bytes) { scalar -= 1 }
        return scalar
    }
}
