package import EarshotDomain

/// A run of text, marked or not.
package struct TextRun: Hashable, Sendable {
    package enum Strength: Hashable, Sendable {
        /// At least half the weight of the heaviest word.
        case strong
        case weak
    }

    package let text: String
    /// Added to ln(P(positive) / P(negative)); absent outside marks.
    package let weight: Double?
    package let strength: Strength
}

extension MarkedText {
    /// Marks lighter than this part of the heaviest are not shown; chosen: what one sees at a
    /// glance should have mattered.
    private static let leastShown = 0.25
    /// Nats; chosen: what turns even odds by less than a twentieth decides nothing.
    private static let leastWeight = 0.2

    /// The whole text in runs; a mark that overlaps or cuts a letter is left out.
    ///
    /// - Parameter heaviest: the largest absolute weight of the whole story.
    package func runs(heaviest: Double) -> [TextRun] {
        let bytes = Array(text.utf8)
        func isBoundary(_ place: Int) -> Bool {
            place == bytes.count || (bytes.indices.contains(place) && bytes[place] & 0xC0 != 0x80)
        }
        var runs: [TextRun] = []
        var place = 0
        func add(_ end: Int, weight: Double?) {
            guard end > place else { return }
            let isStrong = abs(weight ?? 0) * 2 >= heaviest
            runs.append(
                TextRun(
                    text: String(decoding: bytes[place..<end], as: UTF8.self), weight: weight,
                    strength: isStrong ? .strong : .weak))
            place = end
        }
        for mark in marks
        where mark.start >= place && mark.end > mark.start && isBoundary(mark.start)
            && isBoundary(mark.end)
            && abs(mark.weight) >= max(Self.leastWeight, Self.leastShown * heaviest)
        {
            add(mark.start, weight: nil)
            add(mark.end, weight: mark.weight)
        }
        add(bytes.count, weight: nil)
        return runs
    }
}

extension MarkedText {
    /// The largest absolute weight of its words; 0 where none has any.
    package var heaviest: Double {
        marks.reduce(0) { max($0, abs($1.weight)) }
    }
}

extension DigestStory {
    /// The largest absolute weight of its words; 0 where none has any.
    package var heaviest: Double {
        max(title.heaviest, excerpt.heaviest)
    }
}
