import EarshotDomain

/// Builds a `FeedDocument` from the elements of RSS, RDF, Atom and CDF.
///
/// One builder for all: real feeds mix their vocabularies, so an element counts by its meaning
/// (`Element`), not by its format. What is particular to a family of formats stands in the
/// extensions in `RSS/` and `Atom/`. One entry is open at a time.
///
/// A builder belongs to one parse on one thread; the properties that each element touches are spared
/// the run-time check of exclusive access, a twelfth of the time of a parse.
final class FeedBuilder {
    var isNetscape = false
    /// Whether the rest of the document was not read because of its form.
    var wasGivenUp = false
    var format: FeedFormat?
    var feed = FeedInfo()
    var entries: [FeedEntry] = []
    /// Entries that were read, kept or not.
    var entryCount = 0
    /// Entries that are kept, the first ones.
    let keptEntries: Int
    private(set) var warnings: [FeedWarning]
    /// Set when the root element shows that this is no feed.
    private(set) var refusal: FeedError?

    /// Open elements, outermost first.
    @exclusivity(unchecked)
    private var stack: [Element] = []
    @exclusivity(unchecked)
    private var scopes: [Scope]
    /// The entry that is open.
    @exclusivity(unchecked)
    var entry: EntryState?
    /// The `source` of an entry that is open.
    @exclusivity(unchecked)
    var origin: FeedOrigin?
    /// The link that is open.
    var openLink: FeedLink?
    /// The person that is open; nil for those that the document does not keep.
    var person: PersonState?
    /// What a mapping asks for beside the vocabulary of feeds.
    @exclusivity(unchecked)
    var extras: EntryExtras?
    /// Open elements around what is ignored but for its URL: `image`, `textInput`.
    @exclusivity(unchecked)
    private var aside: (element: Element, depth: Int)?

    /// Number of open elements at the one whose text is collected; 0 where none is.
    @exclusivity(unchecked)
    private var textDepth = 0
    /// Its text before its children, where it has any.
    @exclusivity(unchecked)
    private var text = ByteBuffer()
    /// The text that ends the element which is about to end.
    @exclusivity(unchecked)
    private var lastText = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    @exclusivity(unchecked)
    private var construct = TextConstruct()
    var texts: EntryTexts

    /// What an element inherits.
    private struct Scope {
        let depth: Int
        let links: LinkResolver
        /// Nil where none was named, empty where one was taken back.
        let language: String?
    }

    init(
        base: String?, language: String?, isRaw: Bool, keptEntries: Int,
        warnings: [FeedWarning]
    ) {
        self.keptEntries = keptEntries
        texts = EntryTexts(isRaw: isRaw)
        self.warnings = warnings
        scopes = [Scope(depth: 0, links: LinkResolver(base: base), language: nil)]
        feed.language = language.map(Self.languageTag)
    }

    var depth: Int { stack.count }
    /// Whether the document has ended before its root.
    var isOpen: Bool { !stack.isEmpty }
    var links: LinkResolver { scopes[scopes.count - 1].links }

    /// Trimmed, and absolute where a base is known; absent where its scheme carries out code.
    func resolve(_ text: String) -> String? { scopes[scopes.count - 1].links.resolve(text) }

    var language: String? { scopes[scopes.count - 1].language }

    func warn(_ kind: FeedWarning.Kind, line: Int? = nil) {
        guard warnings.count < FeedLimits.warnings else { return }
        let warning = FeedWarning(kind, line: line)
        if warnings.last != warning { warnings.append(warning) }
    }

    func refuse(_ reason: String) -> XMLStep {
        refusal = FeedError(.notAFeed, reason)
        return .stop
    }

    static func languageTag(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")) else { return text.trimmedBlanks }
        let bytes = text.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
        return String(decoding: bytes.trimmedBlanks, as: UTF8.self)
    }

    // MARK: - Events

    func start(_ name: XMLName, _ attributes: XMLAttributes) -> XMLStep {
        stack.append(name.element)
        extras?.start(
            name, attributes, entry: entry == nil ? nil : entries.count, depth: depth)
        if construct.isOpen {
            construct.start(name, attributes, depth: depth)
            return .goOn
        }
        if attributes.count > 0 { inherit(attributes) }
        if depth == 1 { return startRoot(name, attributes) }
        if let aside {
            startAside(name.element, in: aside.element)
            return .goOn
        }
        switch name.element {
        case .item: return startEntry(attributes)
        case .channel: startChannel(attributes)
        case .title, .mediaTitle, .subtitle, .rights, .summary, .description, .mediaDescription,
            .abstract, .info, .content, .contentEncoded, .body:
            startConstruct(name.element, attributes)
        case .image, .textInput: startAside(name.element, attributes)
        case .author, .contributor, .publisher, .owner: startPerson(name.element)
        case .link: startLink(attributes)
        case .enclosure: addEnclosure(attributes)
        case .source: startSource(attributes)
        case .category, .mediaCategory, .itunesCategory: startCategory(name.element, attributes)
        case .id: startIdentifier(attributes)
        case .itunesImage: addImage(attributes["href"] ?? attributes["url"])
        case .mediaThumbnail: addImage(attributes["url"] ?? attributes["href"])
        case .mediaContent: addMedia(attributes)
        default: break
        }
        if name.element != .unknown, !construct.isOpen { beginText() }
        return .goOn
    }

    /// Text before a child.
    func characters(_ piece: UnsafeBufferPointer<UInt8>) {
        extras?.append(piece)
        if construct.isOpen {
            construct.append(piece, at: depth)
        } else if textDepth == depth {
            text.append(piece)
        }
    }

    /// - Parameter last: the text since the tag before.
    func end(_ name: UnsafeBufferPointer<UInt8>, _ last: UnsafeBufferPointer<UInt8>) {
        guard let element = stack.last else { return }
        extras?.end(last, depth: depth)
        if !construct.isOpen {
            lastText = last
            finish(element)
        } else if construct.depth == depth {
            finishConstruct(last)
        } else {
            construct.append(last, at: depth)
            construct.end(name, depth: depth)
        }
        if scopes[scopes.count - 1].depth == depth, scopes.count > 1 { scopes.removeLast() }
        if aside?.depth == depth { aside = nil }
        stack.removeLast()
        if textDepth > depth { textDepth = 0 }
    }

    private func inherit(_ attributes: XMLAttributes) {
        let base = attributes.xml("base")
        let language = attributes.xml("lang")
        guard base != nil || language != nil else { return }
        let outer = scopes[scopes.count - 1]
        scopes.append(
            Scope(
                depth: depth, links: base.map { outer.links.rebased($0) } ?? outer.links,
                language: language.map(Self.languageTag) ?? outer.language))
    }

    private func finish(_ element: Element) {
        switch element {
        case .item: if entry?.depth == depth { finishEntry() }
        case .source: finishSource(takeText())
        case .author, .contributor, .publisher, .owner: finishPerson(takeText())
        case .name, .uri, .email: finishPersonPart(element, takeText())
        case .link: finishLink(takeText())
        case .id: finishIdentifier(takeText())
        case .published, .updated, .created: finishDate(element, ownText)
        case .language: finishLanguage(takeText())
        case .category, .mediaCategory, .itunesCategory: finishCategory(takeText())
        case .itunesKeywords, .mediaKeywords, .tags: finishKeywords(element, takeText())
        case .comments: finishComments(takeText())
        case .originalLink: finishOriginalLink(takeText())
        case .generator: if entry == nil { feed.generator = takeText() }
        case .ttl: if entry == nil { feed.ttl = takeText().flatMap { Int($0) } }
        case .updatePeriod, .updateFrequency: finishUpdateInterval(element, takeText())
        case .skippedHour, .skippedDay: finishSkippedTime(element, takeText())
        case .icon: if entry == nil { feed.icon = takeText().flatMap(resolve) ?? feed.icon }
        case .logo: addImage(takeText())
        case .mediaThumbnail: addImage(takeText())
        case .replyCount: finishReplyCount(takeText())
        default: break
        }
    }

    // MARK: - Text

    private func beginText() {
        text.clear()
        textDepth = depth
    }

    /// The trimmed text of the element that ends; empty where it has none, or had children instead.
    private var ownText: UnsafeBufferPointer<UInt8> {
        guard textDepth == depth else { return UnsafeBufferPointer(start: nil, count: 0) }
        if text.isEmpty { return lastText.trimmedBlanks }
        text.append(lastText)
        lastText = UnsafeBufferPointer(start: nil, count: 0)
        return text.bytes.trimmedBlanks
    }

    /// The same as a string; nil where it is empty.
    private func takeText() -> String? {
        let trimmed = ownText
        guard !trimmed.isEmpty else { return nil }
        if let repaired = Mojibake.repaired(trimmed) {
            return String(decoding: repaired.trimmedBlanks, as: UTF8.self)
        }
        return String(checked: trimmed)
    }

    func beginConstruct(_ element: Element, kind: MarkupKind, isBase64: Bool) {
        construct.begin(element, depth: depth, kind: kind, isBase64: isBase64)
    }

    private func finishConstruct(_ last: UnsafeBufferPointer<UInt8>) {
        let place = FinishedText(
            element: construct.element, depth: construct.depth, kind: construct.kind,
            isBase64: construct.isBase64)
        let bytes = construct.finish(last, unwrapped: format == .atom10)
        store(place, bytes)
    }

    // MARK: - Asides

    /// `image` and `textInput` have titles and links of their own, which are not the feed's.
    private func startAside(_ element: Element, _ attributes: XMLAttributes) {
        if element == .image { addImage(attributes["href"]) }
        aside = (element, depth)
    }

    private func startAside(_ element: Element, in outer: Element) {
        if outer == .image, element == .uri || element == .id { beginText() }
    }

    /// Whether the innermost aside is an image.
    var isInImage: Bool { aside?.element == .image }
    var isAside: Bool { aside != nil }
}
