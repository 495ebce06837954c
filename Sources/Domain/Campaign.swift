/// A message for some customers, with what it offers.
package struct Campaign: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Help: it goes out where the mood is bad.
        case care
        /// Sales: it stops where the mood is bad.
        case promotion
    }

    /// What a brand-level stop does while the brand's mood is below its limit.
    package struct Guard: Hashable, Sendable {
        package enum Action: Hashable, Sendable {
            case pause
            /// Offers this item, by key, in place of the others.
            case swap(item: String)
        }

        /// Mean of the brand over the short half-life, in −1…1.
        package let below: Double
        package let action: Action

        package init(below: Double, action: Action) {
            self.below = below
            self.action = action
        }
    }

    /// The user's text key, unique among campaigns.
    package let key: String
    /// What a reader sees, by language tag; `en` always present.
    package let names: [String: String]
    package let kind: Kind
    /// Key of the brand.
    package let brand: String
    /// Key of the aspect of the brand that it speaks of; absent where it speaks of none.
    package let aspect: String?
    /// Keys of what it may offer; at least one.
    package let items: [String]
    /// Keys of items of which a customer must own one; empty where it is for all.
    package let owners: [String]
    /// Cents per contact.
    package let cost: Int
    /// `starts <= moment < ends`.
    package let starts: Timestamp
    package let ends: Timestamp
    /// Absent where the mood alone never stops it for all.
    package let `guard`: Guard?

    package init(
        key: String, names: [String: String], kind: Kind, brand: String, aspect: String?,
        items: [String], owners: [String], cost: Int, starts: Timestamp, ends: Timestamp,
        guard: Guard?
    ) {
        self.key = key
        self.names = names
        self.kind = kind
        self.brand = brand
        self.aspect = aspect
        self.items = items
        self.owners = owners
        self.cost = cost
        self.starts = starts
        self.ends = ends
        self.guard = `guard`
    }

    package func isRunning(at moment: Timestamp) -> Bool { starts <= moment && moment < ends }

    package func name(in language: String) -> String {
        names[language] ?? names["en"] ?? key
    }
}

/// The rules that hold for all campaigns.
package struct TargetingRules: Hashable, Sendable {
    /// Of a thousand customers, so many are held out of every campaign, for ever the same.
    package var controlPerMille: Int
    /// Goes into the hash that picks them.
    package var salt: String
    /// Contacts within `capWindow` at most.
    package var cap: Int
    package var capWindow: Duration

    /// One in ten is the research note's choice; two contacts a week is chosen.
    package init(
        controlPerMille: Int = 100, salt: String = "earshot", cap: Int = 2,
        capWindow: Duration = .days(7)
    ) {
        self.controlPerMille = controlPerMille
        self.salt = salt
        self.cap = cap
        self.capWindow = capWindow
    }
}

/// How a customer stands to a campaign's audience.
package enum AudienceStanding: String, Hashable, Sendable, CaseIterable {
    case reached
    case notBegun = "not_begun"
    case over
    case control
    case consent
    case openCase = "open_case"
    case cap
    /// Owns none of what it is for, or all that it offers.
    case notForThem = "not_for_them"
    /// Stopped for all by a brand-level rule.
    case stopped
    case notWorth = "not_worth"
    /// Another campaign is worth more.
    case otherCampaign = "other_campaign"
}
