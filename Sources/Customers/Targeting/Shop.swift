package import EarshotDomain

/// What all decisions of a moment share: what is for sale, who buys what, and a recommender.
///
/// The recommender and the shares know what was known when the day (UTC) began, so that all
/// decisions of a day, live or replayed, come from one model.
package struct Shop: Sendable {
    package let recommender: Recommender
    /// Shares of purchases, in 0…1.
    private let brandShares: [String: Double]
    private let categoryShares: [String: Double]

    package init(_ book: CustomerBook, day: LocalDate) {
        let midnight = Timestamp(milliseconds: Int64(day.dayNumber) * 86_400_000)
        let items = Dictionary(
            uniqueKeysWithValues: book.items(at: midnight).map { ($0.key, $0) })
        let histories = book.customerKeys.compactMap { key -> PurchaseHistory? in
            guard let customer = book.customer(key, at: midnight),
                customer.profile.allowsProfiling
            else { return nil }
            return PurchaseHistory(book.interactions(of: key, at: midnight))
        }
        var brands: [String: Int] = [:]
        var categories: [String: Int] = [:]
        var all = 0
        for line in histories.flatMap(\.lines) {
            guard let item = items[line.item] else { continue }
            brands[item.brand, default: 0] += line.purchases.count
            categories[item.category, default: 0] += line.purchases.count
            all += line.purchases.count
        }
        let whole = Double(max(1, all))
        brandShares = brands.mapValues { Double($0) / whole }
        categoryShares = categories.mapValues { Double($0) / whole }
        recommender = Recommender(
            ItemNeighbours(histories), version: "knn-1 of day \(day.dayNumber)")
    }

    package func brandShare(_ brand: String) -> Double { brandShares[brand] ?? 0 }
    package func categoryShare(_ category: String) -> Double { categoryShares[category] ?? 0 }
}

/// How people speak, asked by key; what answers is a stage of its own.
package struct MoodSource: Sendable {
    /// Of a brand, or of one of its aspects, at a moment.
    package let mood: @Sendable (_ brand: String, _ aspect: String?, Timestamp) -> BrandMood
    /// Whether an author's word on a brand was known at a moment.
    package let hasSpoken: @Sendable (_ author: String, _ brand: String, Timestamp) -> Bool
    /// When the newest mention known at a moment became known; absent before the first.
    package let lastKnown: @Sendable (Timestamp) -> Timestamp?

    package init(
        mood: @Sendable @escaping (String, String?, Timestamp) -> BrandMood,
        hasSpoken: @Sendable @escaping (String, String, Timestamp) -> Bool,
        lastKnown: @Sendable @escaping (Timestamp) -> Timestamp?
    ) {
        self.mood = mood
        self.hasSpoken = hasSpoken
        self.lastKnown = lastKnown
    }
}
