import EarshotDomain
import EarshotLanguage

/// A document's tokens in one line of positions, found by their folded text.
///
/// The text's positions follow the title's after a gap that is wider than any distance a query
/// can ask for, so that nothing reaches across the fields.
struct IndexedDocument {
    struct Entry {
        let first: Int32
        let last: Int32
        let hash: UInt64
        let token: Int32
        let field: Field
    }

    /// Of both fields, in order of first position, then last.
    private(set) var entries: [Entry] = []
    let title: TextAnalysis
    let text: TextAnalysis
    /// Folded, without `@`.
    let author: [UInt8]
    let site: [UInt8]
    let language: [UInt8]
    /// Addresses of the texts and beside them, lower case, without scheme.
    let urls: [[UInt8]]
    /// Entries by the low bits of their hash, as chains in order of position.
    private var heads: [Int32]
    private var chain: [Int32]

    private static let fieldGap: Int32 = 1_024

    init(title: TextAnalysis, text: TextAnalysis, fields: MatchFields) {
        self.title = title
        self.text = text
        author = fields.author
        site = fields.site
        language = fields.language
        urls = fields.urls
        let offset = title.positions + Self.fieldGap
        entries.reserveCapacity(title.tokens.count + text.tokens.count)
        var holdsJoined = false
        for (field, analysis, offset) in [(Field.title, title, 0), (.text, text, offset)] {
            for (k, token) in analysis.tokens.enumerated() {
                holdsJoined = holdsJoined || !token.isSingle
                entries.append(
                    Entry(
                        first: token.first + offset, last: token.last + offset, hash: token.hash,
                        token: Int32(k), field: field))
            }
        }
        if holdsJoined { entries.sort { ($0.first, $0.last) < ($1.first, $1.last) } }
        var capacity = 16
        while capacity < entries.count { capacity *= 2 }
        heads = [Int32](repeating: -1, count: capacity)
        chain = [Int32](repeating: -1, count: entries.count)
        for k in entries.indices.reversed() {
            let slot = Int(truncatingIfNeeded: entries[k].hash) & (capacity - 1)
            chain[k] = heads[slot]
            heads[slot] = Int32(k)
        }
    }

    func analysis(_ field: Field) -> TextAnalysis { field == .title ? title : text }
    func token(_ entry: Int) -> Token {
        analysis(entries[entry].field).tokens[Int(entries[entry].token)]
    }

    /// Entries that are `term`, in order of position.
    func occurrences(of term: Term, isExact: Bool) -> [Int] {
        var found: [Int] = []
        var next = heads[Int(truncatingIfNeeded: term.hash) & (heads.count - 1)]
        while next >= 0 {
            let entry = Int(next)
            if self.entry(entry, is: term, isExact: isExact) { found.append(entry) }
            next = chain[entry]
        }
        return found
    }

    func entry(_ entry: Int, is term: Term, isExact: Bool) -> Bool {
        guard entries[entry].hash == term.hash else { return false }
        let analysis = analysis(entries[entry].field)
        let token = analysis.tokens[Int(entries[entry].token)]
        return isExact
            ? analysis.raw(of: token).elementsEqual(term.bytes)
            : analysis.folded(of: token).elementsEqual(term.bytes)
    }

    func folded(_ entry: Int) -> ArraySlice<UInt8> {
        let analysis = analysis(entries[entry].field)
        return analysis.folded(of: analysis.tokens[Int(entries[entry].token)])
    }

    /// Whether `part` occurs in an address, lower case and without scheme: at its start, or
    /// anywhere for a part that begins with a sign, or after a sign.
    static func contains(_ address: ArraySlice<UInt8>, _ part: [UInt8]) -> Bool {
        guard let first = part.first, part.count <= address.count else { return false }
        let mustStartWord = ASCII.isAlphanumeric(first)
        for start in address.startIndex...address.endIndex - part.count
        where address[start] == first {
            if mustStartWord, start > address.startIndex, ASCII.isAlphanumeric(address[start - 1]) {
                continue
            }
            if address[start...].starts(with: part) { return true }
        }
        return false
    }
}

/// A document's other fields in the form they are compared in.
struct MatchFields {
    var author: [UInt8]
    var site: [UInt8]
    var language: [UInt8]
    var urls: [[UInt8]]

    init(_ document: MatchDocument, title: TextAnalysis, text: TextAnalysis) {
        author = document.author.isEmpty ? [] : FieldValue.author(document.author)
        site = Array(document.site.lowercased().utf8)
        language = Array(document.language.lowercased().utf8)
        urls = document.urls.map { Array(FieldValue.bare($0)) }
        for analysis in [title, text] {
            for mark in analysis.marks where mark.kind == .url {
                urls.append(Self.bare(analysis.folded(of: mark)))
            }
        }
    }

    /// Of an address found in a text, which is ASCII.
    static func bare(_ address: ArraySlice<UInt8>) -> [UInt8] {
        let scheme = address.firstIndex(of: 0x3A).map { $0 + 3 } ?? address.startIndex
        return address[scheme...].map { ASCII.isLetter($0) ? $0 | 0x20 : $0 }
    }
}
