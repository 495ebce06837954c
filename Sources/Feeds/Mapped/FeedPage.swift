/// What a page of a mapped source says of those beside it.
package struct FeedPage: Hashable, Sendable {
    /// Items as they came, the deleted ones and those that could not be read too.
    package var items: Int
    /// By the kind of the mapping's `next`: a cursor, an address, or the greatest id.
    package var next: String?

    package init(items: Int, next: String? = nil) {
        self.items = items
        self.next = next
    }
}
