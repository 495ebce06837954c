/// A text for people that has been read to its end.
struct FinishedText {
    let element: Element
    /// Number of open elements with its own.
    let depth: Int
    let kind: MarkupKind
    let isBase64: Bool
}

extension FeedBuilder {
    func startConstruct(_ element: Element, _ attributes: XMLAttributes) {
        let mode = attributes.count > 0 ? attributes.lowercased("mode") : nil
        let type = attributes.count > 0 ? attributes.lowercased("type") : nil
        var kind: MarkupKind =
            switch element {
            case .description, .mediaDescription, .contentEncoded: .html
            case .body: .xhtml
            default: .plain
            }
        if let type { kind = MarkupKind(type: type) }
        // Only Atom 1.0 means base64 by a type that is neither text nor XML.
        let isBinary =
            type.map {
                $0.utf8.contains(UInt8(ascii: "/")) && !$0.hasPrefix("text/")
                    && !$0.hasSuffix("xml")
            } ?? false
        beginConstruct(element, kind: kind, isBase64: mode == "base64" || isBinary)
    }

    /// Puts a finished text where it belongs.
    func store(_ construct: FinishedText, _ whole: UnsafeBufferPointer<UInt8>) {
        var bytes = whole
        if whole.count > FeedLimits.element {
            var end = FeedLimits.element
            while end > 0, whole[end] & 0xC0 == 0x80 { end -= 1 }
            bytes = UnsafeBufferPointer(rebasing: whole[..<end])
            warn(.cut)
        }
        if construct.isBase64, let decoded = Base64.decode(bytes) {
            let kind = construct.kind == .xhtml ? MarkupKind.html : construct.kind
            decoded.repairedUTF8().withUnsafeBufferPointer { mend($0, construct, kind) }
        } else {
            mend(bytes, construct, construct.kind)
        }
    }

    private func mend(
        _ bytes: UnsafeBufferPointer<UInt8>, _ construct: FinishedText, _ kind: MarkupKind
    ) {
        if let repaired = Mojibake.repaired(bytes) {
            repaired.withUnsafeBufferPointer { put($0, construct, kind) }
        } else {
            put(bytes, construct, kind)
        }
    }

    private func put(
        _ bytes: UnsafeBufferPointer<UInt8>, _ construct: FinishedText, _ kind: MarkupKind
    ) {
        var kind = kind
        // RSS does not say whether a title is text or markup.
        if kind == .plain, format?.isAtom != true {
            let isTitle = construct.element == .title && HTMLGuess.holdsCommonTag(bytes)
            if isTitle || HTMLGuess.looksLikeHTML(bytes) { kind = .html }
        }
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

    private func storeTitle(
        _ construct: FinishedText, _ bytes: UnsafeBufferPointer<UInt8>, _ kind: MarkupKind
    ) {
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
            entry?.titleLanguage = language
        } else if feed.title == nil || construct.element == .title {
            feed.title = feed.title ?? title
        }
    }

    private func storeSubtitle(
        _ construct: FinishedText, _ bytes: UnsafeBufferPointer<UInt8>, _ kind: MarkupKind
    ) {
        guard origin == nil, !bytes.isEmpty || feed.subtitleHTML == nil else { return }
        // The podcast vocabulary repeats what the channel says itself.
        if construct.element == .summary, feed.subtitleHTML != nil { return }
        feed.subtitleHTML = markup(construct, bytes, kind).html
    }

    private func storeSummary(
        _ construct: FinishedText, _ bytes: UnsafeBufferPointer<UInt8>, _ kind: MarkupKind
    ) {
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
        entry?.summaryLanguage = language
    }

    private func storeContent(
        _ construct: FinishedText, _ bytes: UnsafeBufferPointer<UInt8>, _ kind: MarkupKind
    ) {
        guard origin == nil, let open = entry else { return }
        let isLonger = bytes.count > (open.entry.contentHTML?.utf8.count ?? -1)
        if open.hasContent, !(open.contentText.isEmpty && isLonger) { return }
        let (html, text) = markup(construct, bytes, kind)
        entry?.hasContent = true
        entry?.entry.contentHTML = html
        entry?.contentText = text
        entry?.contentLanguage = language
    }

    /// The markup to show and the text to read.
    private func markup(
        _ construct: FinishedText, _ bytes: UnsafeBufferPointer<UInt8>, _ kind: MarkupKind
    ) -> EntryTexts.Both {
        if texts.isRaw, kind != .plain { return (String(checked: bytes), []) }
        let both =
            kind == .plain
            ? texts.both(plain: bytes) : texts.both(html: bytes, links: links)
        if texts.isCut { warn(.cut) }
        return both
    }
}
