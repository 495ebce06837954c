/// `"words"~n`: the words in any order, without overlap, with at most n other positions inside.
extension IndexedDocument {
    /// A token that is one of the words, and the bits of all words equal to it.
    private struct Relevant {
        let entry: Int
        let words: Int
    }

    /// A choice of words that ends with a token reaching beyond the place looked at.
    private struct Pending {
        let position: Int32
        let taken: Int
        let covered: Int32
    }

    /// Windows of the words, at most 8 of them.
    func windows(of words: [Term], slack: Int32, _ wanted: Wanted) -> [TokenSpan] {
        var bits: [Term: Int] = [:]
        for (k, word) in words.enumerated() { bits[word, default: 0] |= 1 << k }
        var relevant: [Relevant] = []
        for (k, word) in words.enumerated() where words.firstIndex(of: word) == k {
            let found = occurrences(of: word, isExact: false)
            guard !found.isEmpty, let own = bits[word] else { return [] }
            relevant += found.map { Relevant(entry: $0, words: own) }
        }
        relevant.sort { $0.entry < $1.entry }
        let all = 1 << words.count - 1
        return relevant.indices.flatMap {
            windows(from: $0, relevant, all: all, slack: slack, wanted)
        }
    }

    /// Windows whose first token is `relevant[start]`.
    ///
    /// Walks the relevant tokens behind it and keeps, for each set of words taken so far, how many
    /// positions they cover at most. A window is no wider than `slack` and 8 words of 6 positions,
    /// so the whole search is linear in the text.
    private func windows(
        from start: Int, _ relevant: [Relevant], all: Int, slack: Int32, _ wanted: Wanted
    ) -> [TokenSpan] {
        let first = entries[relevant[start].entry]
        /// Positions covered by the best choice of each set; -1 where there is none.
        var settled = [Int32](repeating: -1, count: all + 1)
        var own = first.last - first.first + 1
        let firstBit = relevant[start].words & -relevant[start].words
        var pending = [Pending(position: first.last + 1, taken: firstBit, covered: own)]
        var found: [TokenSpan] = []
        for next in relevant[(start + 1)...] {
            let entry = entries[next.entry]
            for state in pending where state.position <= entry.first {
                settled[state.taken] = max(settled[state.taken], state.covered)
            }
            pending.removeAll { $0.position <= entry.first }
            own = entry.last - entry.first + 1
            var isAlive = !pending.isEmpty
            var ends = false
            for taken in settled.indices where settled[taken] >= 0 {
                guard entry.first - first.first - settled[taken] <= slack else {
                    settled[taken] = -1
                    continue
                }
                isAlive = true
                let free = next.words & ~taken
                guard free != 0 else { continue }
                let after = taken | free & -free
                let covered = settled[taken] + own
                if after != all {
                    pending.append(
                        Pending(position: entry.last + 1, taken: after, covered: covered))
                } else if entry.last - first.first + 1 - covered <= slack {
                    ends = true
                }
            }
            if ends {
                found.append(
                    TokenSpan(
                        first: first.first, last: entry.last, firstEntry: relevant[start].entry,
                        lastEntry: next.entry))
            }
            guard isAlive, !ends || wanted == .all else { break }
        }
        return found
    }
}
