/// Which campaign reaches a customer now, or none, and why; logged once and never changed.
package struct Decision: Hashable, Sendable {
    /// The rule that decided; the first that fires, in this order.
    package enum Rule: String, Hashable, Sendable, CaseIterable {
        /// Held out for comparison.
        case control
        /// The customer may not be written to.
        case consent
        /// A complaint waits: care, or nothing.
        case openCase = "open_case"
        /// Written to often enough.
        case cap
        /// No campaign is for this customer now.
        case noCandidate = "no_candidate"
        /// Every campaign for them is stopped for all.
        case stopped
        /// No contact is worth its cost.
        case notWorth = "not_worth"
        /// The best of those worth it.
        case worth
    }

    /// What adds to the log-odds of a response.
    package struct Part: Hashable, Sendable {
        package enum Group: String, Hashable, Sendable, CaseIterable {
            case base, taste, price, loyalty, `case`, sentiment
        }

        package let group: Group
        /// Absent for the base.
        package let feature: Feature?
        /// In nats.
        package let value: Double
        /// Ascending; of sentiment parts.
        package let evidence: [Identifier<Mention>]

        package init(
            group: Group, feature: Feature?, value: Double, evidence: [Identifier<Mention>]
        ) {
            self.group = group
            self.feature = feature
            self.value = value
            self.evidence = evidence
        }
    }

    /// A campaign that was weighed, with its best item.
    package struct Candidate: Hashable, Sendable {
        package let campaign: String
        package let item: String
        /// Of the log-odds of a response.
        package let parts: [Part]
        /// What a response is worth and what a contact costs, in cents.
        package let worth: Int
        package let cost: Int
        /// Whether a brand-level stop keeps it from all.
        package let isStopped: Bool
        /// Mood of its brand when it was weighed.
        package let mood: BrandMood

        package init(
            campaign: String, item: String, parts: [Part], worth: Int, cost: Int,
            isStopped: Bool, mood: BrandMood
        ) {
            self.campaign = campaign
            self.item = item
            self.parts = parts
            self.worth = worth
            self.cost = cost
            self.isStopped = isStopped
            self.mood = mood
        }

        /// The sum of the parts, in their order, in nats.
        package var logOdds: Double { parts.reduce(0) { $0 + $1.value } }

        /// The same of one group.
        package func logOdds(of group: Part.Group) -> Double {
            parts.reduce(0) { $1.group == group ? $0 + $1.value : $0 }
        }
    }

    /// What had a say in it, by name, so that it can be made again.
    package struct Versions: Hashable, Sendable {
        package let features: String
        package let recommender: String
        package let response: String
        package let rules: String

        package init(features: String, recommender: String, response: String, rules: String) {
            self.features = features
            self.recommender = recommender
            self.response = response
            self.rules = rules
        }
    }

    /// Given by who asks; the same id again is the same decision.
    package let id: String
    /// Key of the customer.
    package let customer: String
    package let at: Timestamp
    /// The newest row that was read.
    package let known: Timestamp
    package let versions: Versions
    /// In the order of the configuration.
    package let candidates: [Candidate]
    package let rule: Rule
    /// Place of what was chosen among `candidates`; absent where nothing is sent.
    package let chosen: Int?
    /// Probability with which this action was taken, in 0…1.
    package let propensity: Double
    package let isControl: Bool
    /// Of what chance was in it; 0 where there was none.
    package let seed: UInt64

    package init(
        id: String, customer: String, at: Timestamp, known: Timestamp, versions: Versions,
        candidates: [Candidate], rule: Rule, chosen: Int?, propensity: Double, isControl: Bool,
        seed: UInt64
    ) {
        self.id = id
        self.customer = customer
        self.at = at
        self.known = known
        self.versions = versions
        self.candidates = candidates
        self.rule = rule
        self.chosen = chosen
        self.propensity = propensity
        self.isControl = isControl
        self.seed = seed
    }

    /// Key of the campaign that goes out; absent where none does.
    package var action: String? { offer?.campaign }

    /// What goes out.
    package var offer: Candidate? {
        chosen.flatMap { candidates.indices.contains($0) ? candidates[$0] : nil }
    }

    package func candidate(_ campaign: String) -> Candidate? {
        candidates.first { $0.campaign == campaign }
    }
}
