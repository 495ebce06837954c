import EarshotDomain
import Foundation

/// A customer as known at a moment, and how near what is said of a brand comes to them.
///
/// Who does not allow profiling is seen without history and without identities.
struct CustomerView {
    let customer: Customer
    let at: Timestamp
    let history: PurchaseHistory
    private let identities: [Identity]

    /// Everyone reads a paper (chosen).
    private static let everyone = 0.2
    /// An owner of the brand is asked about it, and looks (chosen).
    private static let owner = 0.5

    init(_ customer: Customer, in book: CustomerBook, at moment: Timestamp) {
        self.customer = customer
        at = moment
        let isSeen = customer.profile.allowsProfiling
        history = PurchaseHistory(
            isSeen ? book.interactions(of: customer.key, at: moment) : [])
        identities = isSeen ? book.identities(of: customer.key, at: moment) : []
    }

    /// In 0…1: one minus the chance that word reaches the customer on none of three ways, the third
    /// being their own, by the confidence that a known author of the brand is they.
    func reach(of brand: String, items: [String: Item], moods: MoodSource) -> Double {
        var missed = 1 - Self.everyone
        if history.lines.contains(where: { $0.isOwned && items[$0.item]?.brand == brand }) {
            missed *= 1 - Self.owner
        }
        let confidence = identities.filter { moods.hasSpoken($0.author, brand, at) }
            .map(\.confidence).max()
        if let confidence { missed *= 1 - confidence }
        return 1 - missed
    }

    /// Share of purchases that `belongs` is true of, shrunk to the shop's by the weight of two.
    func share(shop: Double, items: [String: Item], _ belongs: (Item) -> Bool) -> Double {
        let purchases = history.lines.reduce(0) { sum, line in
            items[line.item].map(belongs) ?? false ? sum + line.purchases.count : sum
        }
        return (Double(purchases) + 2 * shop) / (Double(history.purchases) + 2)
    }

    /// ln(price / usual price); 0 where nothing is known or nothing costs.
    func priceDistance(_ item: Item) -> Double {
        guard let usual = history.usualLogPrice, item.price > 0 else { return 0 }
        return log(Double(item.price)) - usual
    }
}
