import EarshotDomain
import EarshotWire

extension Mapping {
    /// Reads a page of JSON.
    func document(_ json: JSON, _ context: FeedContext) throws(FeedError) -> FeedDocument {
        let whole = MappedDocument(json)
        let found = items?.items(of: whole) ?? []
        guard !found.isEmpty || hasItemsPlace(json) else {
            throw FeedError(.notAFeed, "It is JSON, but has no list where its mapping looks.")
        }
        var reader = ItemReader(mapping: self, document: whole)
        var texts = EntryTexts(isRaw: context.isRaw)
        let links = LinkResolver(base: context.base)
        var entries: [FeedEntry] = []
        if found.count > FeedLimits.entries { reader.warn(.tooManyEntries) }
        for item in found.prefix(FeedLimits.entries) {
            guard item.kind == .object else {
                reader.warn(.wrongType)
                continue
            }
            var entry = FeedEntry()
            reader.refine(&entry, item, links: links, texts: &texts)
            entries.append(entry)
        }
        var document = FeedDocument(
            format: .mapped, encoding: "utf-8", feed: FeedInfo(language: context.language),
            entries: entries, warnings: reader.warnings)
        document.page = page(found, whole, context)
        return document
    }

    /// An empty page is a page: somebody's list without items, or what stands around it.
    private func hasItemsPlace(_ json: JSON) -> Bool {
        guard let items else { return false }
        var steps = items.steps[...]
        while let last = steps.last, case .all = last { steps.removeLast() }
        let places = JSONPath.follow(steps, from: [json], json, MappedDocument(json))
        if places.contains(where: { $0.array != nil || $0.isNull }) { return true }
        // A list that is left out where it would be empty, as in App Store reviews.
        guard case .member? = steps.last, steps.count > 1 else { return false }
        let parents = JSONPath.follow(steps.dropLast(), from: [json], json, MappedDocument(json))
        return parents.contains { $0.kind == .object }
    }

    private func page(
        _ found: [JSON], _ document: MappedDocument, _ context: FeedContext
    ) -> FeedPage {
        var page = FeedPage(items: found.count)
        switch next {
        case .path(let path):
            page.next = path.values(in: document.root, of: document).lazy.compactMap(\.scalar).first
        case .minID(let id):
            page.next = found.compactMap { id.text(in: $0, of: document) }.max(by: Self.isEarlier)
        case .link(let relation):
            page.next = context.link(relation)
        case .page, .offset, nil: break
        }
        return page
    }

    /// Ids that grow: by their number where they are numbers, which outgrow 64 bits nowhere but in
    /// somebody's attack, else by their letters.
    static func isEarlier(_ left: String, _ right: String) -> Bool {
        let areNumbers = (left + right).utf8.allSatisfy(\.isASCIIDigit)
        if areNumbers, left.utf8.count != right.utf8.count {
            return left.utf8.count < right.utf8.count
        }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension FeedContext {
    /// The target of the first `Link` of a relation (RFC 8288, section 3), absolute where a base is
    /// known.
    func link(_ relation: String) -> String? {
        for field in (headers["link"] ?? "").split(separator: "<").map(String.init) {
            guard let end = field.firstIndex(of: ">") else { continue }
            for parameter in field[end...].dropFirst().split(separator: ";") {
                let pair = String(parameter).trimmedBlanks.split(separator: "=", maxSplits: 1)
                guard pair.count == 2, String(pair[0]).trimmedBlanks.lowercased() == "rel" else {
                    continue
                }
                let names = pair[1].filter { $0 != "\"" && $0 != "," }.lowercased()
                guard names.split(separator: " ").contains(Substring(relation)) else { continue }
                return LinkResolver(base: url).resolve(String(field[..<end]))
            }
        }
        return nil
    }
}
