/// What is particular to Atom: links by relation, people in parts, sources that are feeds.
extension FeedBuilder {
    static func atomFormat(_ name: XMLName, _ attributes: XMLAttributes) -> FeedFormat {
        if name.vocabulary == .atom10 { return .atom10 }
        switch attributes["version"] {
        case "0.1": return .atom01
        case "0.2": return .atom02
        case "0.3": return .atom03
        default: return .atom
        }
    }

    // MARK: - Links

    func startLink(_ attributes: XMLAttributes) {
        openLink = FeedLink(
            rel: attributes.lowercased("rel") ?? "alternate",
            href: attributes["href"] ?? attributes["url"] ?? attributes["uri"],
            type: attributes.lowercased("type"), title: attributes["title"],
            hreflang: attributes["hreflang"], length: attributes["length"])
    }

    /// RSS writes the address as text, Atom as an attribute; some write Atom's as text.
    func finishLink(_ text: String?) {
        guard !isAside, var link = openLink else { return }
        openLink = nil
        guard let href = (link.href ?? text).flatMap(resolve) else { return }
        let claimed = link.type
        link.href = href
        link.type = claimed ?? (link.rel == "self" ? "application/atom+xml" : "text/html")
        addLink(link)
        switch link.rel {
        case "alternate":
            if ["text/html", "html", "application/xhtml+xml", "xhtml"].contains(link.type) {
                setLink(href)
            } else if origin == nil, entry?.otherLink == nil {
                entry?.otherLink = href
            }
        case "enclosure":
            link.type = claimed
            add(enclosure: link)
        default: break
        }
    }

    // MARK: - People

    func startPerson(_ element: Element) {
        person = PersonState(element: element, depth: depth)
    }

    func finishPersonPart(_ element: Element, _ text: String?) {
        if isInImage {
            if element == .uri { addImage(text) }
            return
        }
        guard let text, !isAside else { return }
        switch element {
        case .name: person?.person.name = text
        case .email: person?.person.email = text
        default: person?.person.url = resolve(text)
        }
    }

    func finishPerson(_ text: String?) {
        guard let finished = person, finished.depth == depth else { return }
        person = nil
        guard finished.element == .author else { return }
        let author =
            finished.person.isEmpty ? text.map(FeedPerson.init(oneLine:)) : finished.person
        guard let author, !author.isEmpty else { return }
        if origin != nil {
            if (origin?.authors.count ?? 0) < FeedLimits.list { origin?.authors.append(author) }
        } else if entry != nil {
            if (entry?.entry.authors.count ?? 0) < FeedLimits.list {
                entry?.entry.authors.append(author)
            }
        } else if feed.authors.count < FeedLimits.list {
            feed.authors.append(author)
        }
    }

    // MARK: - Sources

    func startSource(_ attributes: XMLAttributes) {
        guard entry != nil else { return }
        origin = FeedOrigin(url: attributes["url"].flatMap(resolve))
    }

    func finishSource(_ text: String?) {
        guard var finished = origin else { return }
        finished.title = finished.title ?? text
        entry?.entry.source = finished
        origin = nil
    }
}

extension FeedPerson {
    /// From `me@example.com (Name)`, `Name <me@example.com>`, a name or an address alone.
    init(oneLine text: String) {
        self.init()
        guard text.utf8.contains(UInt8(ascii: "@")) else {
            name = text
            return
        }
        let words = text.split { $0.isWhitespace || "()<>".contains($0) }
        guard let address = words.first(where: FeedPerson.isAddress) else {
            name = text
            return
        }
        email = String(address)
        var rest = text[..<address.startIndex] + text[address.endIndex...]
        for empty in ["()", "<>"] {
            if let found = rest.firstRange(of: empty) { rest.removeSubrange(found) }
        }
        var trimmed = String(rest).trimmedBlanks[...]
        if trimmed.first == "(" { trimmed = trimmed.dropFirst() }
        if trimmed.last == ")" { trimmed = trimmed.dropLast() }
        let left = String(trimmed).trimmedBlanks
        name = left.isEmpty ? nil : left
    }

    private static func isAddress(_ word: Substring) -> Bool {
        let parts = word.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
            && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
    }
}
