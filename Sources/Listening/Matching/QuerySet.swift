package import EarshotDomain
import EarshotLanguage

/// Many queries compiled to be matched at once.
///
/// Each document is analysed once; an index of required keys names the few queries it can match,
/// and only those are verified on their trees. Cost grows with the tokens of the document, hardly
/// with the number of queries. Immutable: a change builds a new set.
package struct QuerySet: Sendable {
    package let queries: [Query]
    private let index: KeyIndex
    private let prefixLengths: [Int]
    private let urlLengths: [Int]
    /// Whether some query is found by author, site or language alone.
    private let readsFields: Bool

    /// A query that matched.
    package struct Match: Hashable, Sendable {
        /// Index in `queries`.
        package let query: Int
        /// In reading order, title before text, never overlapping; empty where the query asks for
        /// fields only.
        package let hits: [Hit]
    }

    /// Buffers of one thread; any number of sets may use the same ones in turn.
    package struct Buffers: Sendable {
        fileprivate var title = TextAnalysis()
        fileprivate var text = TextAnalysis()
        fileprivate var candidates: [UInt32] = []

        package init() {}
    }

    package init(_ queries: [Query]) {
        var pairs: [(key: UInt64, query: UInt32)] = []
        var prefixes: Set<Int> = []
        var urls: Set<Int> = []
        var readsFields = false
        var uses = WordUses()
        for query in queries { uses.count(query.root) }
        for (k, query) in queries.enumerated() {
            guard let required = RequiredKeys(query.root, uses) else { continue }
            pairs += required.keys.map { ($0, UInt32(k)) }
            prefixes.formUnion(required.prefixLengths)
            urls.formUnion(required.urlLengths)
            readsFields = readsFields || required.holdsFields
        }
        self.queries = queries
        index = KeyIndex(pairs)
        prefixLengths = prefixes.sorted()
        urlLengths = urls.sorted()
        self.readsFields = readsFields
    }

    /// The queries that match, in their order.
    package func matches(in document: MatchDocument, _ buffers: inout Buffers) -> [Match] {
        buffers.title.analyse(document.title)
        buffers.text.analyse(document.text)
        buffers.candidates.removeAll(keepingCapacity: true)
        collect(buffers.title, &buffers.candidates)
        collect(buffers.text, &buffers.candidates)
        guard readsFields || !buffers.candidates.isEmpty || readsURLs(document, buffers) else {
            return []
        }
        let fields = MatchFields(document, title: buffers.title, text: buffers.text)
        collect(fields, &buffers.candidates)
        guard !buffers.candidates.isEmpty else { return [] }
        buffers.candidates.sort()
        let indexed = IndexedDocument(title: buffers.title, text: buffers.text, fields: fields)
        var found: [Match] = []
        var last: UInt32?
        for candidate in buffers.candidates where candidate != last {
            last = candidate
            let root = queries[Int(candidate)].root
            guard indexed.matches(root) else { continue }
            found.append(Match(query: Int(candidate), hits: indexed.hits(of: root)))
        }
        return found
    }

    private func readsURLs(_ document: MatchDocument, _ buffers: Buffers) -> Bool {
        !urlLengths.isEmpty
            && (!document.urls.isEmpty || buffers.title.marks.contains { $0.kind == .url }
                || buffers.text.marks.contains { $0.kind == .url })
    }

    // MARK: - Candidates

    private func collect(_ analysis: TextAnalysis, _ candidates: inout [UInt32]) {
        analysis.folded.withUnsafeBufferPointer { folded in
            for (k, token) in analysis.tokens.enumerated() {
                index.forEach(token.hash) { candidates.append($0) }
                let start = Int(token.foldedStart)
                let count = Int(token.foldedEnd) - start
                if !prefixLengths.isEmpty {
                    let available = min(MatchKey.prefixBytes, count)
                    let head = Hash64.load(folded, start, available)
                    for length in prefixLengths where length <= count {
                        index.forEach(MatchKey.prefix(head, length)) { candidates.append($0) }
                    }
                }
                if MatchKey.formsPairs(folded[start], count: count) {
                    collectPairs(analysis, folded, k, &candidates)
                }
            }
        }
        for mark in analysis.marks where mark.kind != .url {
            index.forEach(MatchKey.mark(mark.kind, mark.hash)) { candidates.append($0) }
        }
    }

    /// Pairs of the token with those in the position after it.
    private func collectPairs(
        _ analysis: TextAnalysis, _ folded: UnsafeBufferPointer<UInt8>, _ index: Int,
        _ candidates: inout [UInt32]
    ) {
        let token = analysis.tokens[index]
        var k = index + 1
        while k < analysis.tokens.count {
            let next = analysis.tokens[k]
            k += 1
            // Joined parts stand behind the single parts of their hashtag.
            guard next.first <= token.last + 1 || next.kind == .hashtagPart else { break }
            let start = Int(next.foldedStart)
            guard next.first == token.last + 1,
                MatchKey.formsPairs(folded[start], count: Int(next.foldedEnd) - start)
            else { continue }
            self.index.forEach(MatchKey.pair(token.hash, next.hash)) { candidates.append($0) }
        }
    }

    private func collect(_ fields: MatchFields, _ candidates: inout [UInt32]) {
        if !fields.author.isEmpty {
            index.forEach(MatchKey.author(fields.author)) { candidates.append($0) }
        }
        if !fields.site.isEmpty {
            index.forEach(MatchKey.site(fields.site[...])) { candidates.append($0) }
            for dot in fields.site.indices where fields.site[dot] == 0x2E {
                index.forEach(MatchKey.site(fields.site[(dot + 1)...])) { candidates.append($0) }
            }
        }
        if !fields.language.isEmpty {
            index.forEach(MatchKey.language(fields.language[...])) { candidates.append($0) }
            for dash in fields.language.indices where fields.language[dash] == 0x2D {
                index.forEach(MatchKey.language(fields.language[..<dash])) {
                    candidates.append($0)
                }
            }
        }
        guard !urlLengths.isEmpty else { return }
        for url in fields.urls {
            url.withUnsafeBufferPointer { collectURL($0, &candidates) }
        }
    }

    private func collectURL(_ url: UnsafeBufferPointer<UInt8>, _ candidates: inout [UInt32]) {
        for start in url.indices {
            let available = min(MatchKey.prefixBytes, url.count - start)
            let head = Hash64.load(url, start, available)
            for length in urlLengths where length <= available {
                index.forEach(MatchKey.url(head, length)) { candidates.append($0) }
            }
        }
    }
}
