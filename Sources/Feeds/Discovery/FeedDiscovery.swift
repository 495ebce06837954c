/// Finds the feeds of a page: which addresses lead to one, best first.
///
/// The order is that of the research note on feeds, section 4. Nothing is fetched, so nothing is
/// known to be a feed but the document itself.
package struct FeedDiscovery {
    /// Links of the body that are offered; chosen, more are lists of other sites' feeds.
    private static let bodyLinkLimit = 10
    /// Candidates of one page; chosen, the largest blog networks name some dozens.
    private static let limit = 100

    /// What the page, or the feed that it is, calls itself; spaces squeezed.
    package private(set) var title: String?
    /// Best first, no address twice.
    package private(set) var candidates: [FeedCandidate] = []
    /// Addresses at which this page's feed would be if it were made by a well-known program.
    package private(set) var guesses: [FeedCandidate] = []

    private var seen: Set<String> = []

    /// - Parameter context: the page's own address is the base of its links.
    package init(page bytes: [UInt8], _ context: FeedContext) {
        if let document = try? FeedParser.parse(bytes, context) {
            title = document.feed.title?.squeezedBlanks
            if let url = context.url {
                offer(
                    FeedCandidate(
                        url: url, type: document.format.mediaType, title: title, origin: .document))
            }
            return
        }
        let page = PageHead(Self.text(of: bytes, context))
        title = page.title
        let address = URLReference(context.url ?? "")
        let links = LinkResolver(base: context.base)
        let base = page.base.map { links.rebased($0) } ?? links
        let canonical = page.links.first { $0.rel.contains("canonical") }
            .flatMap { base.resolve($0.href) }.map { URLReference($0) }
        for address in [address, canonical].compactMap({ $0 }) {
            for candidate in PlatformRules.candidates(for: address) { offer(candidate) }
        }
        let alternates = page.links.compactMap { Self.alternate($0, base) }
        let anchors = page.anchors.compactMap { Self.candidate($0, base, origin: .bodyLink) }
        for candidate in alternates where !FeedAddress.isOfComments(candidate) { offer(candidate) }
        for candidate in anchors.lazy.filter({ !FeedAddress.isOfComments($0) })
            .prefix(Self.bodyLinkLimit)
        { offer(candidate) }
        for candidate in (alternates + anchors.prefix(Self.bodyLinkLimit))
        where FeedAddress.isOfComments(candidate) {
            offer(
                FeedCandidate(
                    url: candidate.url, type: candidate.type, title: candidate.title,
                    origin: .comments))
        }
        guesses = PlatformRules.guesses(for: address, generator: page.generator)
            .filter { !seen.contains($0.url) }
    }

    private mutating func offer(_ candidate: FeedCandidate) {
        guard candidates.count < Self.limit, seen.insert(candidate.url).inserted else { return }
        candidates.append(candidate)
    }

    /// UTF-8, whatever it takes: a page that is in part unreadable still has links.
    private static func text(of bytes: [UInt8], _ context: FeedContext) -> [UInt8] {
        let label = context.charset ?? PageCharset.label(in: bytes)
        let decoded = try? DocumentDecoder(httpLabel: label).decode(bytes)
        return decoded?.bytes ?? bytes.repairedUTF8()
    }

    private static func alternate(_ link: PageHead.Link, _ base: LinkResolver) -> FeedCandidate? {
        guard link.rel.contains("alternate"), !link.rel.contains("stylesheet"),
            FeedAddress.isFeed(type: link.type, href: link.href)
        else { return nil }
        return candidate(link.href, base, type: link.type, title: link.title, origin: .link)
    }

    private static func candidate(
        _ href: String, _ base: LinkResolver, type: String? = nil, title: String? = nil,
        origin: FeedCandidate.Origin
    ) -> FeedCandidate? {
        guard let url = base.resolve(FeedAddress.unwrapped(href)) else { return nil }
        let reference = URLReference(url)
        guard reference.scheme == "http" || reference.scheme == "https", reference.host != nil
        else { return nil }
        return FeedCandidate(url: url, type: type, title: title, origin: origin)
    }
}

extension FeedFormat {
    /// What servers call documents of this format.
    var mediaType: String {
        switch self {
        case .rss090, .rss10: "application/rdf+xml"
        case .json1, .json11: "application/feed+json"
        case .mapped: "application/json"
        case .cdf: "application/xml"
        default: isAtom ? "application/atom+xml" : "application/rss+xml"
        }
    }
}
