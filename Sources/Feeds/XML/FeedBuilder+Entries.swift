import EarshotDomain

extension FeedBuilder {
    func startEntry(_ attributes: XMLAttributes) -> XMLStep {
        // An entry inside an entry: the first one was never closed.
        if entry != nil { finishEntry() }
        guard entryCount < FeedLimits.entries else {
            warn(.tooManyEntries)
            return .stop
        }
        let state = EntryState(depth: depth)
        state.ownLanguage = language
        state.entry.id = attributes["about"]
        entry = state
        startChannel(attributes)
        return .goOn
    }

    func finishEntry() {
        guard let state = entry else { return }
        entry = nil
        origin = nil
        state.entry.url =
            state.originalLink ?? state.link ?? state.otherLink
            ?? state.idLink.flatMap(Self.asLink)
        state.entry.published = state.entry.published ?? state.created
        if state.entry.language == nil {
            state.entry.language =
                state.contentLanguage ?? state.summaryLanguage ?? state.titleLanguage
                ?? state.ownLanguage
        }
        let fuller =
            state.contentText.count > state.summaryText.count
            ? state.contentText : state.summaryText
        state.entry.text = fuller.withUnsafeBufferPointer { String(checked: $0) }
        entryCount += 1
        guard entries.count < keptEntries else { return }
        // Moved, so that no field is counted twice.
        entries.append(FeedEntry())
        swap(&entries[entries.count - 1], &state.entry)
    }

    /// An id that has the form of a URL and carries out no code, `tag:` and the like among them, as
    /// feedparser answers it.
    private static func asLink(_ id: String) -> String? {
        URLReference(id).scheme == nil ? nil : LinkResolver(base: nil).resolve(id)
    }

    /// The document, once it has been read to its end.
    func finish(encoding: String) throws(FeedError) -> FeedDocument {
        if let refusal { throw refusal }
        // Atom lets a feed's address be its id and nothing else.
        if feed.link == nil { feed.link = feed.id.flatMap(Self.asLink) }
        if wasGivenUp, entryCount == 0 {
            throw FeedError(
                .forbiddenXML, "A tag is too long or has too many attributes.",
                line: warnings.first { $0.kind == .forbidden }?.line)
        }
        guard let format else {
            throw FeedError(.notAFeed, "The document has no element that begins a feed.")
        }
        for index in entries.indices {
            if entries[index].authors.isEmpty {
                let origin = entries[index].source?.authors ?? []
                entries[index].authors = origin.isEmpty ? feed.authors : origin
            }
            switch entries[index].language {
            case nil: entries[index].language = feed.language
            case "": entries[index].language = nil
            default: break
            }
        }
        if feed.language?.isEmpty == true { feed.language = nil }
        let sorted = warnings.sorted { ($0.line ?? Int.max) < ($1.line ?? Int.max) }
        return FeedDocument(
            format: format == .rss091u && isNetscape ? .rss091n : format, encoding: encoding,
            feed: feed, entries: entries,
            entryCount: entryCount == entries.count ? nil : entryCount, warnings: sorted)
    }

    // MARK: - Parts that all formats share

    func finishDate(_ element: Element, _ text: UnsafeBufferPointer<UInt8>) {
        guard !text.isEmpty else { return }
        guard let moment = DateScanner.timestamp(text) else { return warn(.unreadableDate) }
        if origin != nil {
            origin?.updated = moment
        } else if entry != nil {
            switch element {
            case .published: entry?.entry.published = moment
            case .updated: entry?.entry.updated = moment
            default: entry?.created = moment
            }
        } else if element == .published {
            feed.published = moment
        } else if element == .updated {
            feed.updated = moment
        }
    }

    func finishLanguage(_ text: String?) {
        guard let text, origin == nil else { return }
        if entry != nil {
            entry?.entry.language = Self.languageTag(text)
        } else {
            feed.language = Self.languageTag(text)
        }
    }

    func addLink(_ link: FeedLink) {
        if origin != nil {
            guard (origin?.links.count ?? 0) < FeedLimits.list else { return }
            origin?.links.append(link)
        } else if entry != nil {
            guard (entry?.entry.links.count ?? 0) < FeedLimits.list else { return }
            entry?.entry.links.append(link)
        } else if feed.links.count < FeedLimits.list {
            feed.links.append(link)
        }
    }

    /// Takes `address` as what people read, the last one that is named.
    func setLink(_ address: String) {
        if origin != nil {
            origin?.url = address
        } else if entry != nil {
            entry?.link = address
        } else {
            feed.link = address
        }
    }

    func addImage(_ address: String?) {
        guard let address, !address.isEmpty, origin == nil, let image = resolve(address)
        else { return }
        if entry != nil {
            if entry?.entry.image == nil { entry?.entry.image = image }
        } else {
            feed.image = image
        }
    }

    // MARK: - Categories

    func startCategory(_ element: Element, _ attributes: XMLAttributes) {
        var category = FeedCategory(
            term: attributes["term"], scheme: attributes["scheme"] ?? attributes["domain"],
            label: attributes["label"])
        switch element {
        case .itunesCategory:
            category.term = attributes["text"]
            category.scheme = "http://www.itunes.com/"
        case .mediaCategory:
            category.scheme = category.scheme ?? "http://search.yahoo.com/mrss/category_schema"
        default: break
        }
        add(category)
    }

    func finishCategory(_ text: String?) {
        guard let text else { return }
        changeCategories { categories in
            if let last = categories.indices.last, categories[last].term == nil {
                categories[last].term = text
                return
            }
            let category = FeedCategory(term: text)
            if categories.count < FeedLimits.list, !categories.contains(category) {
                categories.append(category)
            }
        }
    }

    func finishKeywords(_ element: Element, _ text: String?) {
        let scheme = element == .itunesKeywords ? "http://www.itunes.com/" : nil
        for word in text?.split(separator: ",") ?? [] {
            let term = String(word).trimmedBlanks
            if !term.isEmpty { add(FeedCategory(term: term, scheme: scheme)) }
        }
    }

    private func add(_ category: FeedCategory) {
        guard category != FeedCategory() else { return }
        changeCategories { categories in
            if categories.count < FeedLimits.list, !categories.contains(category) {
                categories.append(category)
            }
        }
    }

    private func changeCategories(_ change: (inout [FeedCategory]) -> Void) {
        if origin != nil {
            origin?.categories.change(change)
        } else if entry != nil {
            entry?.entry.categories.change(change)
        } else {
            feed.categories.change(change)
        }
    }
}

extension Array {
    /// Lets a closure change the array in place, also through an optional chain.
    mutating func change(_ change: (inout Self) -> Void) { change(&self) }
}
