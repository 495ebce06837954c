package import EarshotDomain
import Foundation

/// The log-odds that a customer answers a contact: an intercept and a weight for each feature.
///
/// These weights are set by hand, each with its reason. A model that learns them from the log of
/// decisions (logistic regression, the research note on customers, section 2) is another value of
/// this type, under another version.
package struct ResponseModel: Hashable, Sendable {
    package struct Term: Hashable, Sendable {
        package let feature: Feature
        package let group: Decision.Part.Group
        /// Nats for one unit of the feature less its centre.
        package let weight: Double
        package let centre: Double

        package init(
            _ feature: Feature, _ group: Decision.Part.Group, weight: Double, centre: Double = 0
        ) {
            self.feature = feature
            self.group = group
            self.weight = weight
            self.centre = centre
        }
    }

    package let version: String
    /// In nats.
    package let intercept: Double
    package let terms: [Term]

    package init(version: String, intercept: Double, terms: [Term]) {
        self.version = version
        self.intercept = intercept
        self.terms = terms
    }

    /// The base and a part for each term; their sum is the log-odds.
    package func parts(of features: Features) -> [Decision.Part] {
        var parts = [
            Decision.Part(group: .base, feature: nil, value: intercept, evidence: [])
        ]
        for term in terms {
            let evidence: [Identifier<Mention>] =
                switch term.feature {
                case .brandShortReached, .brandLongReached: features.brandEvidence
                case .aspectShortReached, .aspectLongReached: features.aspectEvidence
                default: []
                }
            parts.append(
                Decision.Part(
                    group: term.group, feature: term.feature,
                    value: term.weight * (features[term.feature] - term.centre),
                    evidence: evidence))
        }
        return parts
    }

    /// ln(0.034 / 0.966): 3.4 % of the contacts of the note's randomised log led to a purchase
    /// (the research note on customers, section 1.4).
    private static let baseRate = -3.347

    /// The one weight of sentiment, for an even mean of brand and aspect at both half-lives.
    ///
    /// In nats for one unit of mood that reaches a customer in full; set by hand: an owner whom a
    /// bad week reaches, half a unit below the usual, is about a third as likely to buy (chosen).
    package static let sentimentWeight = 4.0

    private static func sentiment(_ sign: Double) -> [Term] {
        let weight = sign * sentimentWeight / 4
        return [
            Term(.brandShortReached, .sentiment, weight: weight),
            Term(.brandLongReached, .sentiment, weight: weight),
            Term(.aspectShortReached, .sentiment, weight: weight),
            Term(.aspectLongReached, .sentiment, weight: weight),
        ]
    }

    /// For sales.
    package static let promotion = ResponseModel(
        version: "hand-1", intercept: baseRate,
        terms: [
            // What suits twice as well sells twice as well: a log ratio of scores, taken as it is.
            Term(.taste, .taste, weight: 1),
            // Twice the usual price halves half of the chances, ln 2 / 2 for ln 2.
            Term(.priceDistance, .price, weight: -0.5),
            // From a customer with half of their purchases here, e^0.5 to one with all.
            Term(.brandShare, .loyalty, weight: 1, centre: 0.5),
            // Each tier is a tenth likelier.
            Term(.tier, .loyalty, weight: 0.1, centre: 1),
        ] + sentiment(1))

    /// For help: needed where the mood is bad, and where a case is open.
    package static let care = ResponseModel(
        version: "hand-1", intercept: baseRate,
        terms: [
            // Who waits for an answer reads it: seven times the odds.
            Term(.openCase, .case, weight: 2),
            Term(.tier, .loyalty, weight: 0.1, centre: 1),
        ] + sentiment(-1))

    package static func handSet(for kind: Campaign.Kind) -> ResponseModel {
        switch kind {
        case .care: care
        case .promotion: promotion
        }
    }
}

extension Decision.Candidate {
    /// Expected gain of a contact, in cents: worth · σ(log-odds) − cost.
    package var value: Double { Self.value(logOdds, worth: worth, cost: cost) }

    /// What sentiment changes of that, in cents: the value less the one with its parts at 0.
    package var sentimentValue: Double {
        value - Self.value(logOdds - logOdds(of: .sentiment), worth: worth, cost: cost)
    }

    private static func value(_ logOdds: Double, worth: Int, cost: Int) -> Double {
        Double(worth) / (1 + exp(-logOdds)) - Double(cost)
    }
}
