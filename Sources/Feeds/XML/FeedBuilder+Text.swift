extension FeedBuilder {
    func startConstruct(_ element: Element, _ attributes: XMLAttributes) {
        let mode = attributes["mode"]?.lowercased()
        let type = attributes["type"]
        var kind: MarkupKind =
            switch element {
            case .description, .mediaDescription, .contentEncoded: .html
            case .body: .xhtml
            default: .plain
            }
        if let type { kind = MarkupKind(type: type) }
        // Only Atom 1.0 means base64 by a type that is neither text nor XML.
        let isBinary =
            type.map { type in
                let type = type.lowercased()
                return type.contains("/") && !type.hasPrefix("text/") && !type.hasSuffix("xml")
            } ?? false
        beginConstruct(element, kind: kind, isBase64: mode == "base64" || isBinary)
    }

    /// Puts a finished text where it belongs.
    func store(_ construct: TextConstruct, _ bytes: [UInt8]) {
        var bytes = bytes
        var kind = construct.kind
        if construct.isBase64, let decoded = Base64.decode(bytes) {
            bytes = decoded.repairedUTF8()
            if kind == .xhtml { kind = .html }
        }
        if let repaired = Mojibake.repaired(bytes) { bytes = repaired }
        // RSS does not say whether a title is text or markup.
        if kind == .plain, format?.isAtom != true, HTMLGuess.looksLikeHTML(bytes) { kind = .html }
        switch construct.element {
        case .title, .mediaTitle: storeTitle(construct, bytes, kind)
        case .content, .contentEncoded, .body: storeContent(construct, bytes, kind)
        case .summary, .description, .mediaDescription, .abstract:
            if entry == nil {
                storeSubtitle(construct, bytes, kind)
            } else {
                storeSummary(construct, bytes, kind)
            }
        case .subtitle:
            if entry == nil { storeSubtitle(construct, bytes, kind) }
        default: break
        }
    }

    private func storeTitle(_ construct: TextConstruct, _ bytes: [UInt8], _ kind: MarkupKind) {
        guard let title = texts.title(bytes, isHTML: kind != .plain) else { return }
        if texts.isCut { warn(.cut) }
        if origin != nil {
            origin?.title = title
        } else if let open = entry {
            // The first and shallowest title holds; one of Media RSS only where there is none.
            if construct.element == .mediaTitle {
                if open.entry.title == nil { entry?.entry.title = title }
                return
            }
            guard open.titleDepth.map({ construct.depth < $0 }) ?? true else { return }
            entry?.titleDepth = construct.depth
            entry?.entry.title = title
            entry?.languages[2] = construct.language
        } else if feed.title == nil || construct.element == .title {
            feed.title = feed.title ?? title
        }
    }

    private func storeSubtitle(_ construct: TextConstruct, _ bytes: [UInt8], _ kind: MarkupKind) {
        guard origin == nil, !bytes.isEmpty || feed.subtitleHTML == nil else { return }
        // The podcast vocabulary repeats what the channel says itself.
        if construct.element == .summary, feed.subtitleHTML != nil { return }
        feed.subtitleHTML = markup(construct, bytes, kind).html
    }

    private func storeSummary(_ construct: TextConstruct, _ bytes: [UInt8], _ kind: MarkupKind) {
        guard origin == nil, let open = entry else { return }
        if open.hasSummary, !open.hasContent {
            // Two descriptions: the second is the content.
            return storeContent(construct, bytes, kind)
        }
        if open.hasSummary, construct.element == .mediaDescription { return }
        let (html, text) = markup(construct, bytes, kind)
        entry?.hasSummary = true
        entry?.entry.summaryHTML = html
        entry?.summaryText = text
        entry?.languages[1] = construct.language
    }

    private func storeContent(_ construct: TextConstruct, _ bytes: [UInt8], _ kind: MarkupKind) {
        guard origin == nil, let open = entry else { return }
        let isLonger = bytes.count > (open.entry.contentHTML?.utf8.count ?? -1)
        if open.hasContent, !(open.contentText.isEmpty && isLonger) { return }
        let (html, text) = markup(construct, bytes, kind)
        entry?.hasContent = true
        entry?.entry.contentHTML = html
        entry?.contentText = text
        entry?.languages[0] = construct.language
    }

    /// The markup to show and the text to read.
    private func markup(
        _ construct: TextConstruct, _ bytes: [UInt8], _ kind: MarkupKind
    ) -> EntryTexts.Both {
        let both =
            kind == .plain
            ? texts.both(plain: bytes) : texts.both(html: bytes, links: construct.links)
        if texts.isCut { warn(.cut) }
        return both
    }
}
