package import EarshotDomain

/// Finds the brands an entry speaks of, and where.
package struct BrandListener: Sendable {
    /// Why a brand cannot be listened for.
    package struct BrandError: Error, Hashable, Sendable {
        package let brand: String
        /// Key of the topic whose query is refused; nil for the brand's own.
        package let topic: String?
        package let cause: QueryError
    }

    /// An entry's hits for one brand.
    package struct Finding: Hashable, Sendable {
        package let brand: Identifier<Brand>
        /// In reading order, title before text.
        ///
        /// Hits of one query never overlap; those of a topic may stand on the same words as the
        /// brand's.
        package let hits: [Hit]
    }

    package typealias Buffers = QuerySet.Buffers

    /// Whose query stands at the same index of the set.
    private struct Owner {
        let brand: Int
        let topic: String?
    }

    package let brands: [Brand]
    private let owners: [Owner]
    private let queries: QuerySet

    package init(_ brands: [Brand]) throws(BrandError) {
        var owners: [Owner] = []
        var queries: [Query] = []
        for (k, brand) in brands.enumerated() {
            queries.append(try Self.query(brand.query, of: brand, topic: nil))
            owners.append(Owner(brand: k, topic: nil))
            for topic in brand.topics {
                queries.append(try Self.query(topic.query, of: brand, topic: topic.key))
                owners.append(Owner(brand: k, topic: topic.key))
            }
        }
        self.brands = brands
        self.owners = owners
        self.queries = QuerySet(queries)
    }

    private static func query(
        _ text: String, of brand: Brand, topic: String?
    ) throws(BrandError) -> Query {
        do {
            return try Query(text)
        } catch {
            throw BrandError(brand: brand.key, topic: topic, cause: error)
        }
    }

    /// What is said of whom, in the order of `brands`.
    ///
    /// A topic counts only where its brand's own
    /// query matched. The site is the host of the entry's link, else its author's platform.
    package func findings(in content: EntryContent, _ buffers: inout Buffers) -> [Finding] {
        let document = MatchDocument(
            title: content.title, text: content.text, author: content.author?.handle ?? "",
            site: content.url.flatMap { Self.host(of: $0) } ?? content.author?.platform ?? "",
            language: content.language ?? "", urls: content.url.map { [$0] } ?? [])
        var found: [Finding] = []
        var current: (brand: Int, hits: [Hit])?
        for match in queries.matches(in: document, &buffers) {
            let owner = owners[match.query]
            if let topic = owner.topic {
                guard current?.brand == owner.brand else { continue }
                current?.hits += match.hits.map {
                    Hit(field: $0.field, start: $0.start, end: $0.end, term: $0.term, topic: topic)
                }
            } else {
                if let done = current { found.append(finding(done.brand, done.hits)) }
                current = (owner.brand, match.hits)
            }
        }
        if let done = current { found.append(finding(done.brand, done.hits)) }
        return found
    }

    private func finding(_ brand: Int, _ hits: [Hit]) -> Finding {
        let sorted = hits.sorted {
            ($0.field == .title ? 0 : 1, $0.start, $0.end, $0.topic ?? "")
                < ($1.field == .title ? 0 : 1, $1.start, $1.end, $1.topic ?? "")
        }
        return Finding(brand: brands[brand].id, hits: sorted)
    }

    /// Host of an address, lower case, without user, port and `www.`.
    package static func host(of url: String) -> String? {
        let bare = FieldValue.bare(url).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
        let afterUser = bare.lastIndex(of: 0x40).map { bare[($0 + 1)...] } ?? bare
        let host = afterUser.prefix { $0 != 0x3A }
        guard !host.isEmpty else { return nil }
        let plain = host.starts(with: Array("www.".utf8)) ? host.dropFirst(4) : host
        return String(decoding: plain, as: UTF8.self)
    }
}
