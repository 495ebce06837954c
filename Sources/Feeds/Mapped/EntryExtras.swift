/// What stands in the entries of an XML feed beside its vocabulary, as far as a mapping asks for it.
///
/// Asked for by name as in the document: `im:rating` is the text of an element, and
/// `media:statistics@views` an attribute. The usual prefix of a known namespace counts whatever the
/// document calls it; of an unknown one the element's own name is enough.
final class EntryExtras {
    private struct Wanted {
        let key: String
        let prefix: String
        let local: [UInt8]
        let attribute: [UInt8]?
    }

    private let wanted: [Wanted]
    /// By number of the entry; the first value of each name.
    private(set) var values: [Int: [String: String]] = [:]
    /// The element whose text is collected.
    private var open: (key: String, entry: Int, depth: Int)?
    private var text: [UInt8] = []

    /// - Parameter names: those with a colon are looked for.
    init?(names: [String]) {
        wanted = names.compactMap { name in
            guard let colon = name.firstIndex(of: ":") else { return nil }
            let parts = name[name.index(after: colon)...].split(separator: "@", maxSplits: 1)
            guard let local = parts.first else { return nil }
            return Wanted(
                key: name, prefix: String(name[..<colon]), local: Array(local.utf8),
                attribute: parts.count == 2 ? Array(parts[1].utf8) : nil)
        }
        guard !wanted.isEmpty else { return nil }
    }

    /// - Parameter entry: absent outside of entries.
    func start(_ name: XMLName, _ attributes: XMLAttributes, entry: Int?, depth: Int) {
        guard let entry else { return }
        for wanted in wanted where name.local.elementsEqual(wanted.local) {
            let prefix = name.vocabulary.usualPrefix
            guard prefix == nil || prefix == wanted.prefix else { continue }
            if let attribute = wanted.attribute {
                for index in 0..<attributes.count
                where attributes.local(index).elementsEqual(attribute) {
                    let value = String(decoding: attributes.bytes(index), as: UTF8.self)
                    keep(value, as: wanted.key, of: entry)
                }
            } else if open == nil {
                open = (wanted.key, entry, depth)
                text.removeAll(keepingCapacity: true)
            }
        }
    }

    func append(_ piece: UnsafeBufferPointer<UInt8>) {
        guard open != nil, text.count < FeedLimits.text else { return }
        text.append(contentsOf: piece)
    }

    func end(_ last: UnsafeBufferPointer<UInt8>, depth: Int) {
        guard let ended = open else { return }
        append(last)
        guard ended.depth == depth else { return }
        open = nil
        let value = String(decoding: text, as: UTF8.self).trimmedBlanks
        if !value.isEmpty { keep(value, as: ended.key, of: ended.entry) }
    }

    private func keep(_ value: String, as key: String, of entry: Int) {
        if values[entry]?[key] == nil { values[entry, default: [:]][key] = value }
    }
}

extension Vocabulary {
    /// What feeds call it; absent where it is unknown.
    fileprivate var usualPrefix: String? {
        switch self {
        case .core, .atom10: ""
        case .dublinCore: "dc"
        case .terms: "dcterms"
        case .content: "content"
        case .itunes: "itunes"
        case .media: "media"
        case .syndication: "sy"
        case .feedburner: "feedburner"
        case .threading: "thr"
        case .slash: "slash"
        case .wfw: "wfw"
        case .xhtml: "xhtml"
        case .rdf: "rdf"
        case .other: nil
        }
    }
}
