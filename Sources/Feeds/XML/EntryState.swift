import EarshotDomain

/// An entry that is being read, with what decides between values that stand in it twice.
///
/// A class, so that looking at it does not copy two dozen fields; its properties are spared the
/// run-time check of exclusive access as those of its builder are.
final class EntryState {
    @exclusivity(unchecked)
    var entry = FeedEntry()
    /// Number of open elements with its own.
    let depth: Int
    /// Depth of the title that holds; a deeper or later one does not replace it.
    var titleDepth: Int?
    var idDepth = Int.max
    var isPermalink = false
    /// A link of relation `alternate` that people can read, the best one so far.
    @exclusivity(unchecked)
    var link: String?
    /// A link of relation `alternate` of another type.
    @exclusivity(unchecked)
    var otherLink: String?
    /// An id that may serve as a link where there is no other.
    @exclusivity(unchecked)
    var idLink: String?
    /// What the feed's publisher linked to before a service put its own link there.
    var originalLink: String?
    var hasContent = false
    var hasSummary = false
    var created: Timestamp?
    var titleLanguage: String?
    var summaryLanguage: String?
    var contentLanguage: String?
    var ownLanguage: String?
    @exclusivity(unchecked)
    var summaryText: [UInt8] = []
    @exclusivity(unchecked)
    var contentText: [UInt8] = []

    init(depth: Int) {
        self.depth = depth
    }
}

/// Somebody who is being read.
struct PersonState {
    var person = FeedPerson()
    let element: Element
    let depth: Int
}
