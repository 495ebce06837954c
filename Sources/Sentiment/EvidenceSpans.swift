import EarshotDomain

/// Token weights as spans of the text: few enough to read, none lost.
enum EvidenceSpans {
    /// Nats below which a token is not shown by itself but with its weak neighbours; chosen: half
    /// of it moves a probability by about one point.
    private static let strong = 0.1
    /// Weak tokens that go together at most, within one clause.
    private static let mostWeak = 8

    /// Non-overlapping spans in reading order whose weights sum to those of all tokens.
    ///
    /// A phrase of the lexicon is one span, a negator with what it turns another; tokens too weak
    /// to stand alone are put together within their clause.
    static func spans(_ scratch: ScoringScratch, factors: [Double]?) -> [Sentiment.Evidence] {
        let ends = groupEnds(scratch)
        var spans: [Sentiment.Evidence] = []
        var weak: (first: Int, last: Int, weight: Double)?
        func close() {
            if let weak {
                append(scratch, weak.first, weak.last, weak.weight, to: &spans)
            }
            weak = nil
        }
        var index = 0
        while index < scratch.tokens.count {
            let last = ends[index]
            var weight = 0.0
            for k in index...last { weight += scratch.polarity[k] * (factors?[k] ?? 1) }
            if last > index || abs(weight) >= strong {
                close()
                append(scratch, index, last, weight, to: &spans)
            } else if let run = weak, run.last - run.first + 1 < mostWeak,
                scratch.clauses[run.first] == scratch.clauses[index]
            {
                weak = (run.first, index, run.weight + weight)
            } else {
                close()
                weak = (index, index, weight)
            }
            index = last + 1
        }
        close()
        return spans
    }

    /// Log-odds that no text exceeds, and the highest neutrality score: 1 in 160,000 is more than
    /// any data here can show.
    static let most = 12.0

    /// Spans scaled down, all alike, where they would exceed `most`.
    static func bounded(
        _ spans: [Sentiment.Evidence], prior: Double
    ) -> [Sentiment.Evidence] {
        let sum = spans.reduce(0) { $0 + $1.weight }
        guard abs(prior + sum) > most else { return spans }
        let factor = ((sum > 0 ? most : -most) - prior) / sum
        return spans.map {
            Sentiment.Evidence(start: $0.start, end: $0.end, weight: $0.weight * factor)
        }
    }

    /// Per token, the last token of the group that begins there; itself where none does.
    ///
    /// Groups that overlap are one.
    private static func groupEnds(_ scratch: ScoringScratch) -> [Int] {
        var ends = Array(scratch.tokens.indices)
        for group in scratch.groups {
            ends[Int(group.first)] = max(ends[Int(group.first)], Int(group.last))
        }
        var index = 0
        while index < ends.count {
            var last = ends[index]
            var k = index + 1
            while k <= last {
                last = max(last, ends[k])
                k += 1
            }
            ends[index] = last
            index = last + 1
        }
        return ends
    }

    private static func append(
        _ scratch: ScoringScratch, _ first: Int, _ last: Int, _ weight: Double,
        to spans: inout [Sentiment.Evidence]
    ) {
        guard weight != 0 else { return }
        spans.append(
            Sentiment.Evidence(
                start: Int(scratch.tokens[first].start), end: Int(scratch.tokens[last].end),
                weight: weight))
    }
}
