package import EarshotDomain
import Foundation

/// What a customer did, by item.
package struct PurchaseHistory: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package let item: String
        package fileprivate(set) var views = 0
        /// Moments of purchases, earliest first, one for each time, not for each piece.
        package fileprivate(set) var purchases: [Timestamp] = []
        package fileprivate(set) var returns = 0
        /// Sum of ln(price), and how many it is of; of purchases with a price above 0.
        fileprivate var logPrices = 0.0
        fileprivate var priced = 0

        /// Purchases that were not given back.
        package var kept: Int { max(0, purchases.count - returns) }

        package var isOwned: Bool { kept > 0 }

        /// How much it says of taste: a purchase kept 1, a look 0.25 (chosen), a return nothing.
        package var weight: Double {
            isOwned ? 1 : purchases.isEmpty && views > 0 ? 0.25 : 0
        }
    }

    /// In the order of their items.
    package let lines: [Line]

    /// - Parameter interactions: of one customer, earliest first.
    package init(_ interactions: [Interaction]) {
        var lines: [String: Line] = [:]
        for interaction in interactions {
            var line = lines[interaction.item] ?? Line(item: interaction.item)
            switch interaction.kind {
            case .view: line.views += 1
            case .giveBack: line.returns += 1
            case .purchase:
                line.purchases.append(interaction.eventAt)
                if let price = interaction.price, price > 0 {
                    line.logPrices += log(Double(price))
                    line.priced += 1
                }
            }
            lines[interaction.item] = line
        }
        self.lines = lines.values.sorted { $0.item < $1.item }
    }

    package func line(_ item: String) -> Line? { lines.first { $0.item == item } }

    package func owns(_ item: String) -> Bool { line(item)?.isOwned ?? false }

    /// Purchases, not pieces.
    package var purchases: Int { lines.reduce(0) { $0 + $1.purchases.count } }

    /// ln of the geometric mean of prices paid, in cents; absent where nothing was.
    package var usualLogPrice: Double? {
        let count = lines.reduce(0) { $0 + $1.priced }
        return count == 0 ? nil : lines.reduce(0) { $0 + $1.logPrices } / Double(count)
    }
}
