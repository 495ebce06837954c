import EarshotDomain

/// Where a platform publishes the feed of a page, told from the page's address alone.
///
/// A pattern is a path whose `{name}` takes one segment and whose last `*` takes all that follows;
/// behind `?` it may ask for one parameter, as `list={id}`. In the feed's address `{name}` stands
/// for what was taken, `{site}` for scheme, host and port of the page.
struct PlatformRule {
    /// Without a leading `www.` or `m.`; `*.HOST` is each host below it.
    let hosts: [String]
    let pattern: String
    let feeds: [String]
    let kind: Source.Kind
    /// First segments that are the platform's own pages.
    let reserved: Set<String>

    init(
        _ hosts: [String], _ pattern: String, _ feeds: [String], _ kind: Source.Kind,
        reserved: Set<String> = []
    ) {
        self.hosts = hosts
        self.pattern = pattern
        self.feeds = feeds
        self.kind = kind
        self.reserved = reserved
    }

    /// The feeds of the page at `address`; empty where the rule is not for it.
    func feeds(of address: URLReference, site: String) -> [String] {
        guard let taken = taken(from: address) else { return [] }
        return feeds.map { feed in
            taken.reduce(feed.replacing("{site}", with: site)) { text, part in
                text.replacing("{\(part.name)}", with: part.value)
            }
        }
    }

    func isFor(host: String) -> Bool {
        hosts.contains { pattern in
            pattern.hasPrefix("*.")
                ? host.hasSuffix(pattern.dropFirst()) && host.count > pattern.count - 1
                : host == pattern
        }
    }

    private func taken(from address: URLReference) -> [(name: String, value: String)]? {
        let halves = pattern.split(separator: "?", maxSplits: 1)
        let wanted = halves[0].split(separator: "/")
        let segments = address.path.split(separator: "/")
        guard !reserved.contains(segments.first?.lowercased() ?? "") else { return nil }
        var taken: [(name: String, value: String)] = []
        for (place, part) in wanted.enumerated() {
            if part == "*" { break }
            guard place < segments.count else { return nil }
            guard let part = Self.take(part, from: segments[place]) else { return nil }
            taken += part
        }
        guard wanted.last == "*" || segments.count == wanted.count else { return nil }
        guard halves.count == 2 else { return taken }
        for pair in (address.query ?? "").split(separator: "&") {
            if let found = Self.take(halves[1], from: pair) { return taken + found }
        }
        return nil
    }

    /// What a segment of a pattern, such as `@{user}`, takes from a segment of a path.
    private static func take(
        _ part: Substring, from segment: Substring
    ) -> [(name: String, value: String)]? {
        guard let open = part.firstIndex(of: "{"), let close = part.firstIndex(of: "}") else {
            return part == segment.lowercased() ? [] : nil
        }
        let (before, after) = (part[..<open], part[part.index(after: close)...])
        guard segment.count > before.count + after.count, segment.hasPrefix(before),
            segment.hasSuffix(after)
        else { return nil }
        let value = segment.dropFirst(before.count).dropLast(after.count)
        return [(String(part[part.index(after: open)..<close]), String(value))]
    }
}
