/// An item for a customer: a sum of named parts.
package struct Recommendation: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            /// Bought or viewed by those who bought or viewed this item, too.
            case similar(item: String)
            /// The customer buys it again and again, so many times.
            case habit(purchases: Int)
            /// Many buy it: this share of customers.
            case popular(share: Double)
        }

        package let kind: Kind
        /// 0 or more.
        package let value: Double

        package init(kind: Kind, value: Double) {
            self.kind = kind
            self.value = value
        }
    }

    /// Key of the item.
    package let item: String
    /// The largest first.
    package let parts: [Part]

    package init(item: String, parts: [Part]) {
        self.item = item
        self.parts = parts
    }

    /// The sum of the parts, in their order.
    package var score: Double { parts.reduce(0) { $0 + $1.value } }
}
