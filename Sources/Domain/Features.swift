/// How people speak of a brand, or of one aspect of it, as known at a moment.
package struct BrandMood: Hashable, Sendable {
    /// Means of the voices in −1…1, shrunk to `prior`, by half-lives of 3 and 14 days.
    package let short: Double
    package let long: Double
    /// Voices, and their authors, that became known in the seven days before.
    package let voices: Int
    package let authors: Int
    /// At most three mentions that moved the short mean most; ascending.
    package let evidence: [Identifier<Mention>]

    /// The mean where nothing is known: people speak mildly well of what they use (chosen, from
    /// the research note on customers, section 3).
    package static let prior = 0.1

    package static let silent = BrandMood(
        short: prior, long: prior, voices: 0, authors: 0, evidence: [])

    package init(
        short: Double, long: Double, voices: Int, authors: Int, evidence: [Identifier<Mention>]
    ) {
        self.short = short
        self.long = long
        self.voices = voices
        self.authors = authors
        self.evidence = evidence
    }
}

/// What a response to a campaign is told from; the order of the cases is that of a vector.
///
/// Sentiment times reach is the distance of a mean from `BrandMood.prior`, times the customer's
/// reach, so that silence is 0.
package enum Feature: String, Hashable, Sendable, CaseIterable {
    case brandShort = "brand_3d"
    case brandLong = "brand_14d"
    case aspectShort = "aspect_3d"
    case aspectLong = "aspect_14d"
    case brandShortReached = "brand_3d_x_reach"
    case brandLongReached = "brand_14d_x_reach"
    case aspectShortReached = "aspect_3d_x_reach"
    case aspectLongReached = "aspect_14d_x_reach"
    /// `brandShort` − `brandLong`.
    case trend
    /// ln(1 + voices) and ln(1 + authors) of seven days.
    case volume
    case authors
    /// How near the customer is to what is said of the brand, in 0…1.
    case reach
    /// ln of the recommender's score of the item against its mean over all items.
    case taste
    /// Shares of the customer's purchases, shrunk, in 0…1.
    case brandShare = "brand_share"
    case categoryShare = "category_share"
    /// ln(price / what the customer usually pays).
    case priceDistance = "price_distance"
    case tier
    /// 1 where a case is open.
    case openCase = "open_case"

    /// Of the vector: another meaning of a value is another version.
    package static let version = "features-1"
}

/// A customer before a campaign's item, as known at a moment.
package struct Features: Hashable, Sendable {
    /// Keys.
    package let customer: String
    package let campaign: String
    package let item: String
    package let at: Timestamp
    /// One for each `Feature`, in their order.
    package let values: [Double]
    /// Mentions behind the means of the brand and of the aspect.
    package let brandEvidence: [Identifier<Mention>]
    package let aspectEvidence: [Identifier<Mention>]

    package init(
        customer: String, campaign: String, item: String, at: Timestamp,
        brandEvidence: [Identifier<Mention>], aspectEvidence: [Identifier<Mention>],
        value: (Feature) -> Double
    ) {
        self.customer = customer
        self.campaign = campaign
        self.item = item
        self.at = at
        values = Feature.allCases.map(value)
        self.brandEvidence = brandEvidence
        self.aspectEvidence = aspectEvidence
    }

    package subscript(feature: Feature) -> Double {
        guard let place = Feature.allCases.firstIndex(of: feature) else { return 0 }
        return values[place]
    }
}
