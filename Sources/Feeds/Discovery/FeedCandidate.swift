package import EarshotDomain

/// An address at which a feed may be, and why.
package struct FeedCandidate: Hashable, Sendable {
    /// In the order in which candidates are offered.
    package enum Origin: Int, Hashable, Sendable, Comparable {
        /// The document is the feed.
        case document
        /// Its platform publishes feeds at addresses that follow from the page's.
        case platform
        /// The page names it in a `link` element.
        case link
        /// The page leads its readers to it.
        case bodyLink
        /// The same as `link` or `bodyLink`, of comments only.
        case comments
        /// Programs that many hosts run have it there; none is known to run on this one.
        case guess

        package static func < (left: Origin, right: Origin) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// Absolute, http or https.
    package let url: String
    /// Media type, lower case without parameters; absent where nothing names one.
    package let type: String?
    /// Spaces squeezed.
    package let title: String?
    package let origin: Origin
    /// What its entries are, where the platform tells.
    package let kind: Source.Kind?

    package init(
        url: String, type: String? = nil, title: String? = nil, origin: Origin,
        kind: Source.Kind? = nil
    ) {
        self.url = url
        self.type = type
        self.title = title
        self.origin = origin
        self.kind = kind
    }
}
