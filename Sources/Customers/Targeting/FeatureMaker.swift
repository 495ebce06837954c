package import EarshotDomain
import Foundation

/// Makes the vectors that a response to a campaign is told from, as known at a moment.
package struct FeatureMaker: Sendable {
    private let book: CustomerBook
    private let moods: MoodSource
    private let shop: Shop
    private let items: [String: Item]
    private let at: Timestamp

    /// Beyond e^1.5 times the customer's mean score, taste says no more (chosen).
    private static let tasteLimit = 1.5
    /// Keeps the ratio of two scores finite and small ones alike (chosen: one weak neighbour).
    private static let tasteFloor = 0.05

    /// - Parameter shop: of the day (UTC) of `moment`.
    package init(book: CustomerBook, moods: MoodSource, shop: Shop, at moment: Timestamp) {
        self.book = book
        self.moods = moods
        self.shop = shop
        at = moment
        items = Dictionary(
            uniqueKeysWithValues: book.items(at: moment).map { ($0.key, $0) })
    }

    /// Absent where the customer or all items of the campaign are unknown, or where the customer
    /// has them all.
    package func features(of customer: String, for campaign: Campaign) -> Features? {
        guard let customer = book.customer(customer, at: at) else { return nil }
        let view = CustomerView(customer, in: book, at: at)
        return item(of: campaign.items, for: view).map { features(of: view, $0, campaign) }
    }

    func item(_ key: String) -> Item? { items[key] }

    func view(of customer: Customer) -> CustomerView { CustomerView(customer, in: book, at: at) }

    /// The one that suits the customer best, ties by key.
    func item(of offered: [String], for view: CustomerView) -> Item? {
        shop.recommender
            .recommendations(
                of: offered.filter { items[$0] != nil }, for: view.history, at: at
            ).first.flatMap { items[$0.item] }
    }

    func mood(of campaign: Campaign) -> BrandMood { moods.mood(campaign.brand, nil, at) }

    func features(of view: CustomerView, _ item: Item, _ campaign: Campaign) -> Features {
        let brand = moods.mood(campaign.brand, nil, at)
        let aspect = campaign.aspect.map { moods.mood(campaign.brand, $0, at) } ?? .silent
        let reach = view.reach(of: campaign.brand, items: items, moods: moods)
        let taste = taste(of: item.key, for: view)
        func reached(_ mean: Double) -> Double { (mean - BrandMood.prior) * reach }
        return Features(
            customer: view.customer.key, campaign: campaign.key, item: item.key, at: at,
            brandEvidence: brand.evidence, aspectEvidence: aspect.evidence
        ) { feature in
            switch feature {
            case .brandShort: brand.short
            case .brandLong: brand.long
            case .aspectShort: aspect.short
            case .aspectLong: aspect.long
            case .brandShortReached: reached(brand.short)
            case .brandLongReached: reached(brand.long)
            case .aspectShortReached: reached(aspect.short)
            case .aspectLongReached: reached(aspect.long)
            case .trend: brand.short - brand.long
            case .volume: log1p(Double(brand.voices))
            case .authors: log1p(Double(brand.authors))
            case .reach: reach
            case .taste: taste
            case .brandShare:
                view.share(shop: shop.brandShare(item.brand), items: items) {
                    $0.brand == item.brand
                }
            case .categoryShare:
                view.share(shop: shop.categoryShare(item.category), items: items) {
                    $0.category == item.category
                }
            case .priceDistance: view.priceDistance(item)
            case .tier: Double(view.customer.profile.tier)
            case .openCase: view.customer.profile.hasOpenCase(at: at) ? 1 : 0
            }
        }
    }

    private func taste(of item: String, for view: CustomerView) -> Double {
        let recommender = shop.recommender
        let score = recommender.recommendation(of: item, for: view.history, at: at).score
        let mean = recommender.meanScore(
            over: max(1, items.count), for: view.history, at: at)
        let ratio = log((score + Self.tasteFloor) / (mean + Self.tasteFloor))
        return min(max(ratio, -Self.tasteLimit), Self.tasteLimit)
    }
}
