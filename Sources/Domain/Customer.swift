/// Someone who buys, as the shop's own records say.
package struct Customer: Hashable, Sendable {
    package let id: Identifier<Customer>
    /// The user's text key, unique among customers.
    package let key: String
    package let profile: CustomerProfile

    package init(id: Identifier<Customer>, key: String, profile: CustomerProfile) {
        self.id = id
        self.key = key
        self.profile = profile
    }
}

/// What is known of a customer; a change makes a new one beside the old.
package struct CustomerProfile: Hashable, Sendable {
    package let name: String
    package let email: String?
    /// BCP 47 tag.
    package let language: String
    /// ISO 3166 code; absent where unknown.
    package let country: String?
    /// IANA name; absent where unknown.
    package let zone: String?
    /// 0…9, the more the dearer to the shop.
    package let tier: Int
    /// When the customer came, as claimed.
    package let since: Timestamp
    /// May be written to.
    package let allowsEmail: Bool
    /// What they do may be used to choose what they get.
    package let allowsProfiling: Bool
    /// Since when a complaint of theirs waits for an answer; absent where none does.
    package let openCaseSince: Timestamp?

    package init(
        name: String, email: String?, language: String, country: String?, zone: String?,
        tier: Int, since: Timestamp, allowsEmail: Bool, allowsProfiling: Bool,
        openCaseSince: Timestamp?
    ) {
        self.name = name
        self.email = email
        self.language = language
        self.country = country
        self.zone = zone
        self.tier = tier
        self.since = since
        self.allowsEmail = allowsEmail
        self.allowsProfiling = allowsProfiling
        self.openCaseSince = openCaseSince
    }

    package func hasOpenCase(at moment: Timestamp) -> Bool {
        openCaseSince.map { $0 <= moment } ?? false
    }
}

/// That an author is a customer, as far as anyone knows.
package struct Identity: Hashable, Sendable {
    /// Host of the platform, lower case.
    package let platform: String
    /// Without a leading `@`.
    package let handle: String
    /// Key of the customer.
    package let customer: String
    /// In 0…1.
    package let confidence: Double
    /// Whether the customer allows the link to be used.
    package let hasConsent: Bool
    package let knownAt: Timestamp

    package init(
        platform: String, handle: String, customer: String, confidence: Double,
        hasConsent: Bool, knownAt: Timestamp
    ) {
        self.platform = platform
        self.handle = handle
        self.customer = customer
        self.confidence = confidence
        self.hasConsent = hasConsent
        self.knownAt = knownAt
    }

    /// Platform, slash, handle: how trends name an author.
    package var author: String { platform + "/" + handle }
}

/// Something for sale.
package struct Item: Hashable, Sendable {
    /// The user's text key, unique among items.
    package let key: String
    /// Key of its brand.
    package let brand: String
    /// Key of a product of its brand; absent where it is none of them.
    package let product: String?
    package let category: String
    /// Cents of the shop's one currency.
    package let price: Int
    /// What a sale leaves, in cents.
    package let margin: Int
    /// What a reader sees, by language tag; `en` always present.
    package let titles: [String: String]

    package init(
        key: String, brand: String, product: String?, category: String, price: Int, margin: Int,
        titles: [String: String]
    ) {
        self.key = key
        self.brand = brand
        self.product = product
        self.category = category
        self.price = price
        self.margin = margin
        self.titles = titles
    }

    package func title(in language: String) -> String {
        titles[language] ?? titles["en"] ?? key
    }
}

/// Something a customer did with an item.
package struct Interaction: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case view, purchase
        case giveBack = "return"
    }

    package let eventAt: Timestamp
    package let knownAt: Timestamp
    /// Key of the customer.
    package let customer: String
    /// Key of the item.
    package let item: String
    package let kind: Kind
    /// At least 1.
    package let quantity: Int
    /// Cents for one; absent where nothing was paid.
    package let price: Int?

    package init(
        eventAt: Timestamp, knownAt: Timestamp, customer: String, item: String, kind: Kind,
        quantity: Int, price: Int?
    ) {
        self.eventAt = eventAt
        self.knownAt = knownAt
        self.customer = customer
        self.item = item
        self.kind = kind
        self.quantity = quantity
        self.price = price
    }
}
