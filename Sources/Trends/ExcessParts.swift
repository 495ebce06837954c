import EarshotDomain

/// The negative stories of a day against the usual, split over one partition.
///
/// μ_d = μ (b_d + a/D) / (B + a): b_d negatives of part d in the days before, B their sum, a = 1,
/// D the number of parts; Σ(k_d − μ_d) = k − μ exactly, in thousandths, the rounding's rest given
/// to the largest part (trends note, section 5). A story with several topics counts with the one
/// whose own excess is largest.
struct ExcessParts {
    /// Days before on which the parts' shares are told (the note).
    static let comparedDays = 14

    let today: [StoryVoice]
    let before: [StoryVoice]
    /// μ of the whole; absent while too few days are known.
    let expected: Double?

    func bySource(names: [Identifier<Source>: Source]) -> DigestParts {
        let keys = { (story: StoryVoice) in names[story.first.source]?.key ?? "" }
        let labels = Dictionary(
            names.values.map { ($0.key, ["en": $0.name]) }, uniquingKeysWith: { first, _ in first })
        return split(key: keys, names: labels)
    }

    /// - Parameter topics: of one kind, as a story about a leak is about a kettle too.
    func byTopic(_ topics: [Topic]) -> DigestParts {
        let known = topics.map(\.key)
        let sets = { (story: StoryVoice) in Set(story.members.flatMap(\.topics)) }
        let todaySets = today.map(sets)
        let beforeSets = before.map(sets)
        let scale = (expected ?? 0) / Double(max(1, before.count))
        let excess = known.map { key in
            Double(todaySets.count { $0.contains(key) })
                - scale * Double(beforeSets.count { $0.contains(key) })
        }
        let ranked = known.indices.sorted { (-excess[$0], $0) < (-excess[$1], $1) }.map {
            known[$0]
        }
        let names = Dictionary(
            topics.map { ($0.key, $0.names) }, uniquingKeysWith: { first, _ in first })
        return split(
            key: { story in
                let own = sets(story)
                return ranked.first { own.contains($0) } ?? ""
            }, names: names)
    }

    func split(
        key: (StoryVoice) -> String, names: [String: [String: String]]
    ) -> DigestParts {
        var stories: [String: [StoryVoice]] = [:]
        var base: [String: Int] = [:]
        for story in today { stories[key(story), default: []].append(story) }
        for story in before { base[key(story), default: 0] += 1 }
        let keys = Set(stories.keys).union(base.keys).sorted()
        let usual = thousandths(keys.map { Double(base[$0] ?? 0) })
        let parts = keys.enumerated().map { place, key in
            let own = stories[key] ?? []
            return DigestParts.Part(
                key: key, names: names[key] ?? [:], negative: own.count,
                authors: Set(own.map(\.first.voice)).count,
                sources: Set(own.map(\.first.source)).count,
                usualThousandths: usual?[place], evidence: own.map(\.first.id).sorted())
        }
        return DigestParts(
            parts: parts.sorted { (-$0.excess, $0.key) < (-$1.excess, $1.key) })
    }

    private func thousandths(_ base: [Double]) -> [Int]? {
        guard let expected, !base.isEmpty else { return nil }
        let all = base.reduce(0, +) + 1
        let exact = base.map { 1_000 * expected * ($0 + 1 / Double(base.count)) / all }
        var rounded = exact.map { Int($0.rounded()) }
        let largest = exact.indices.max { exact[$0] < exact[$1] } ?? 0
        rounded[largest] += Int((1_000 * expected).rounded()) - rounded.reduce(0, +)
        return rounded
    }
}

extension DigestParts.Part {
    /// Thousandths over the usual, for ranking.
    fileprivate var excess: Int { negative * 1_000 - (usualThousandths ?? 0) }
}
