/// Where a span expression occurs.
struct TokenSpan: Equatable {
    let first: Int32
    let last: Int32
    /// The entries with which it begins and ends.
    let firstEntry: Int
    let lastEntry: Int

    fileprivate var order: (Int32, Int32, Int, Int) { (first, last, firstEntry, lastEntry) }
}

/// Finds the spans of a span expression: `spans` of the matching specification.
extension IndexedDocument {
    /// Which of the spans are wanted.
    enum Wanted {
        /// All of them, as a NEAR needs of its sides.
        case all
        /// Enough to know whether there are any, and what they cover: of a NEAR the widest one from
        /// each left side, of `~n` the closest one from each first word. Linear in the text.
        case telling
    }

    /// In no particular order; the same places may come twice.
    func spans(of node: QueryNode, _ wanted: Wanted = .telling) -> [TokenSpan] {
        switch node {
        case .or(let parts): parts.flatMap { spans(of: $0, wanted) }
        case .phrase(let words, nil): sequences(of: words, isExact: false)
        case .phrase(let words, let window?): windows(of: words, slack: Int32(window), wanted)
        case .exact(let words): sequences(of: words, isExact: true)
        case .wildcard(let pattern):
            entries.indices.filter { Wildcard.matches(pattern, folded($0)) }.map { span($0, $0) }
        case .near(let first, let steps):
            steps.indices.reduce(spans(of: first, .all)) {
                join($0, steps[$1], $1 == steps.count - 1 ? wanted : .all)
            }
        default: []
        }
    }

    private func span(_ first: Int, _ last: Int) -> TokenSpan {
        TokenSpan(
            first: entries[first].first, last: entries[last].last, firstEntry: first,
            lastEntry: last)
    }

    /// Words in adjacent positions, in order.
    private func sequences(of words: [Term], isExact: Bool) -> [TokenSpan] {
        guard let first = words.first else { return [] }
        var found: [TokenSpan] = []
        for start in occurrences(of: first, isExact: isExact) {
            var ends = [start]
            for word in words.dropFirst() where !ends.isEmpty {
                ends = ends.flatMap { following($0, word, isExact: isExact) }
            }
            found += ends.map { span(start, $0) }
        }
        return found
    }

    /// Entries that are `word` and begin right after `entry`.
    private func following(_ entry: Int, _ word: Term, isExact: Bool) -> [Int] {
        let position = entries[entry].last + 1
        var found: [Int] = []
        var k = entry + 1
        while k < entries.count, entries[k].first <= position {
            if entries[k].first == position, self.entry(k, is: word, isExact: isExact) {
                found.append(k)
            }
            k += 1
        }
        return found
    }

    /// Joins two sides of a NEAR; each pair of places comes once.
    private func join(
        _ left: [TokenSpan], _ step: QueryNode.NearStep, _ wanted: Wanted
    ) -> [TokenSpan] {
        guard !left.isEmpty else { return [] }
        let right = spans(of: step.operand, .all)
        guard !right.isEmpty else { return [] }
        var found = joined(left, right, within: Int32(step.distance), wanted)
        if !step.isOrdered {
            found += joined(right, left, within: Int32(step.distance), wanted)
        }
        guard wanted == .all else { return found }
        found.sort { $0.order < $1.order }
        return found.indices.filter { $0 == 0 || found[$0] != found[$0 - 1] }.map { found[$0] }
    }

    /// Spans of a `before` and an `after` that begins at most `distance` positions behind it.
    private func joined(
        _ before: [TokenSpan], _ after: [TokenSpan], within distance: Int32, _ wanted: Wanted
    ) -> [TokenSpan] {
        let sorted = after.sorted { ($0.first, $0.last) < ($1.first, $1.last) }
        var found: [TokenSpan] = []
        for left in before {
            var low = 0
            var high = sorted.count
            while low < high {
                let middle = (low + high) / 2
                if sorted[middle].first <= left.last { low = middle + 1 } else { high = middle }
            }
            var widest: TokenSpan?
            while low < sorted.count, sorted[low].first - left.last - 1 <= distance {
                let right = sorted[low]
                low += 1
                if let known = widest, wanted == .telling, known.last >= right.last { continue }
                let whole = TokenSpan(
                    first: left.first, last: right.last, firstEntry: left.firstEntry,
                    lastEntry: right.lastEntry)
                if wanted == .all { found.append(whole) } else { widest = whole }
            }
            if let widest { found.append(widest) }
        }
        return found
    }
}
