import EarshotLanguage

/// How many words with that hash all queries hold: a key that many share names many candidates.
struct WordUses {
    private var counts: [UInt64: Double] = [:]

    /// At least 1.
    subscript(hash: UInt64) -> Double { counts[hash] ?? 1 }

    mutating func count(_ node: QueryNode) {
        switch node {
        case .or(let parts), .and(let parts):
            for part in parts { count(part) }
        case .near(let first, let steps):
            count(first)
            for step in steps { count(step.operand) }
        case .title(let inner): count(inner)
        case .phrase(let words, _), .exact(let words):
            for word in words { counts[word.hash, default: 0] += 1 }
        default: break
        }
    }
}

/// Keys of which a document must hold at least one to match a query, chosen to be rare.
///
/// OR takes all of its parts, AND and NEAR their cheapest, a phrase its cheapest word or pair.
struct RequiredKeys {
    var keys: [UInt64]
    /// How often a document is expected to hold one of them, in a unit of its own.
    var cost: Double
    /// Lengths in bytes of the prefixes and addresses among the keys.
    var prefixLengths: Set<Int> = []
    var urlLengths: Set<Int> = []
    /// Whether an author, site or language is among the keys.
    var holdsFields = false

    /// Nil where only NOT stands.
    init?(_ node: QueryNode, _ uses: WordUses) {
        switch node {
        case .not: return nil
        case .or(let parts):
            var all = RequiredKeys(keys: [], cost: 0)
            for part in parts {
                guard let own = RequiredKeys(part, uses) else { return nil }
                all.add(own)
            }
            self = all
        case .and(let parts):
            guard let best = Self.cheapest(parts, uses) else { return nil }
            self = best
        case .near(let first, let steps):
            guard let best = Self.cheapest([first] + steps.map(\.operand), uses) else { return nil }
            self = best
        case .title(let inner):
            guard let own = RequiredKeys(inner, uses) else { return nil }
            self = own
        case .phrase(let words, let window):
            self = Self.phrase(words, uses, adjacent: window == nil)
        case .exact(let words):
            self = Self.phrase(words, uses, adjacent: true, folded: Self.folds(of: words))
        case .wildcard(let pattern):
            let prefix = pattern.prefix { !Wildcard.isSign($0) }
            let length = min(MatchKey.prefixBytes, prefix.count)
            self.init(
                keys: [MatchKey.prefix(MatchKey.head(prefix), length)],
                cost: 2 / Double(length))
            prefixLengths = [length]
        case .hashtag(let term): self = Self.mark(.hashtag, term)
        case .mention(let term): self = Self.mark(.mention, term)
        case .cashtag(let term): self = Self.mark(.cashtag, term)
        case .author(let name): self.init(field: MatchKey.author(name), cost: 0.05)
        case .site(let host): self.init(field: MatchKey.site(host[...]), cost: 0.3)
        case .language(let tag): self.init(field: MatchKey.language(tag[...]), cost: 100)
        case .url(let part):
            let length = min(MatchKey.prefixBytes, part.count)
            self.init(
                keys: [MatchKey.url(MatchKey.head(part[...]), length)],
                cost: 0.5 / Double(length))
            urlLengths = [length]
        }
    }

    private init(keys: [UInt64], cost: Double) {
        self.keys = keys
        self.cost = cost
    }

    private init(field key: UInt64, cost: Double) {
        self.init(keys: [key], cost: cost)
        holdsFields = true
    }

    private mutating func add(_ other: RequiredKeys) {
        keys += other.keys
        cost += other.cost
        prefixLengths.formUnion(other.prefixLengths)
        urlLengths.formUnion(other.urlLengths)
        holdsFields = holdsFields || other.holdsFields
    }

    private static func cheapest(_ parts: [QueryNode], _ uses: WordUses) -> RequiredKeys? {
        var best: RequiredKeys?
        for part in parts {
            guard let own = RequiredKeys(part, uses) else { continue }
            if let known = best, known.cost <= own.cost { continue }
            best = own
        }
        return best
    }

    private static func mark(_ kind: Mark.Kind, _ term: Term) -> RequiredKeys {
        RequiredKeys(keys: [MatchKey.mark(kind, term.hash)], cost: 0.5 / Double(term.bytes.count))
    }

    private static func folds(of words: [Term]) -> [[UInt8]] {
        words.map { Array(Folding.fold($0.text).utf8) }
    }

    private static func phrase(
        _ words: [Term], _ uses: WordUses, adjacent: Bool, folded: [[UInt8]]? = nil
    ) -> RequiredKeys {
        let texts = folded ?? words.map(\.bytes)
        var best = RequiredKeys(keys: [], cost: .infinity)
        for (k, word) in words.enumerated() {
            let own = cost(texts[k]) * uses[word.hash]
            if own < best.cost { best = RequiredKeys(keys: [word.hash], cost: own) }
            guard adjacent, k + 1 < words.count, formsPairs(texts[k]), formsPairs(texts[k + 1])
            else { continue }
            if pairCost < best.cost {
                let key = MatchKey.pair(word.hash, words[k + 1].hash)
                best = RequiredKeys(keys: [key], cost: pairCost)
            }
        }
        return best
    }

    private static func formsPairs(_ word: [UInt8]) -> Bool {
        word.first.map { MatchKey.formsPairs($0, count: word.count) } ?? false
    }

    // Chosen: long words are rare, except the commonest; a pair of Chinese characters is about as
    // rare as a word of ten letters, a single one about as common as a word of two.
    private static let pairCost = 0.1

    private static func cost(_ word: [UInt8]) -> Double {
        if formsPairs(word) { return 0.5 }
        return commonWords.contains(word) ? 20 : 1 / Double(word.count)
    }

    /// The commonest words of English; missing ones cost speed only.
    private static let commonWords = Set(
        """
        the of and to a in is you that it he was for on are as with his they i at be this have from \
        or one had by word but not what all were we when your can said there use an each which she \
        do how their if will up other about out many then them these so some her would make like \
        him into time has look two more write go see number no way could people my than first who \
        its now find long down day did get come made may part just new best good love today here
        """.split(separator: " ").map { Array($0.utf8) })
}
