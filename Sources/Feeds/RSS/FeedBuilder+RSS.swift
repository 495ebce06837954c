import EarshotDomain

/// What is particular to RSS, RDF and CDF, and to the modules that RSS made common.
extension FeedBuilder {
    /// The format by the root element; anything that is no feed is refused here.
    func startRoot(_ name: XMLName, _ attributes: XMLAttributes) -> XMLStep {
        switch name.element {
        case .rss:
            format =
                switch attributes["version"] {
                case "0.91": .rss091u
                case "0.92": .rss092
                case "0.93": .rss093
                case "0.94": .rss094
                case let version? where version.hasPrefix("2."): .rss20
                default: .rss
                }
        case .rdf:
            format = attributes.declares("my.netscape.com/rdf/simple/0.9") ? .rss090 : .rss10
        case .channel:
            format = .cdf
            startChannel(attributes)
        case .feed: format = Self.atomFormat(name, attributes)
        case .item:
            format = Self.atomFormat(name, attributes)
            return startEntry(attributes)
        case .html: return refuse("This is an HTML page.")
        case .opml: return refuse("This is an OPML list of feeds, not a feed.")
        default:
            let name = String(decoding: name.local, as: UTF8.self)
            return refuse("Its root element is <\(name)>, which begins no feed.")
        }
        if format != .cdf, let language = attributes.xml("lang"), !language.isEmpty {
            feed.language = Self.languageTag(language)
        }
        return .goOn
    }

    /// CDF writes link and date of channels and items as attributes.
    func startChannel(_ attributes: XMLAttributes) {
        guard attributes.count > 0 else { return }
        if let moment = attributes["lastmod"].flatMap(DateScanner.timestamp) {
            if entry != nil { entry?.entry.updated = moment } else { feed.updated = moment }
        }
        if let href = attributes["href"] { add(address: href) }
    }

    /// A link without relation and type.
    private func add(address: String) {
        guard let href = resolve(address) else { return }
        addLink(FeedLink(rel: "alternate", href: href, type: "text/html"))
        setLink(href)
    }

    // MARK: - Links and ids

    func finishOriginalLink(_ text: String?) {
        entry?.originalLink = text.flatMap(resolve)
    }

    func startIdentifier(_ attributes: XMLAttributes) {
        let flag = attributes.lowercased("ispermalink")
        entry?.isPermalink = flag == nil || flag == "true"
    }

    func finishIdentifier(_ text: String?) {
        guard var text, !isAside else { return }
        // An id that is a path is a link that forgot its host; others stay untouched.
        let isPermalink =
            (entry?.isPermalink ?? true) && text.utf8.contains(UInt8(ascii: "/"))
        let link = isPermalink ? resolve(text) : nil
        text = link ?? text
        if origin != nil {
            origin?.id = text
        } else if let open = entry {
            guard depth <= open.idDepth else { return }
            entry?.idDepth = depth
            entry?.entry.id = text
            if let link, open.link == nil { entry?.otherLink = open.otherLink ?? link }
            if open.isPermalink { entry?.idLink = text }
        } else {
            feed.id = text
        }
    }

    func finishComments(_ text: String?) {
        entry?.entry.commentsURL = text.flatMap(resolve)
    }

    func addEnclosure(_ attributes: XMLAttributes) {
        guard let address = attributes["url"] ?? attributes["href"],
            let href = resolve(address)
        else { return }
        let link = FeedLink(
            rel: "enclosure", href: href, type: attributes["type"],
            length: attributes["length"])
        addLink(link)
        add(enclosure: link)
    }

    func add(enclosure link: FeedLink) {
        guard origin == nil, let count = entry?.entry.enclosures.count, count < FeedLimits.list
        else { return }
        entry?.entry.enclosures.append(
            FeedEnclosure(url: link.href, type: link.type, length: link.length))
    }

    /// Media RSS: a picture stands for the entry where no other does.
    func addMedia(_ attributes: XMLAttributes) {
        let isPicture =
            attributes["medium"] == "image" || attributes["type"]?.hasPrefix("image/") == true
        if isPicture { addImage(attributes["url"]) }
    }

    // MARK: - Modules

    /// Slash and Atom Threading tell how many replies there are.
    func finishReplyCount(_ text: String?) {
        if let count = text.flatMap({ Int($0) }), count >= 0 {
            entry?.entry.engagement.replies = count
        }
    }

    /// RSS Syndication module: so many updates (1) a period (a day).
    func finishUpdateInterval(_ element: Element, _ text: String?) {
        guard entry == nil, let text else { return }
        if element == .updateFrequency {
            if let count = Int64(text), count > 1, let period = feed.updateInterval {
                feed.updateInterval = .milliseconds(period.milliseconds / count)
            }
            return
        }
        switch text.lowercased() {
        case "hourly": feed.updateInterval = .hours(1)
        case "daily": feed.updateInterval = .days(1)
        case "weekly": feed.updateInterval = .days(7)
        case "monthly": feed.updateInterval = .days(30)
        case "yearly": feed.updateInterval = .days(365)
        default: break
        }
    }

    /// An hour from 0 to 23, which older versions counted from 1 to 24, or the name of a weekday.
    func finishSkippedTime(_ element: Element, _ text: String?) {
        guard entry == nil, let text else { return }
        if element == .skippedHour {
            if let hour = UInt32(text), hour <= 24 { feed.skipped.hours |= 1 << (hour % 24) }
            return
        }
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        if let day = days.firstIndex(of: String(text.lowercased().prefix(3))) {
            feed.skipped.days |= 1 << UInt8(day)
        }
    }
}
