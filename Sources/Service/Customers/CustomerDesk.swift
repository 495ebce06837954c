package import EarshotCustomers
package import EarshotDomain
package import EarshotStore
import EarshotTrends

/// What the store knew of customers and of how people speak, ready to decide at any moment by then.
package struct CustomerDesk: Sendable {
    package let book: CustomerBook
    package let moods: MoodSource
    package let campaigns: [Campaign]
    private let rules: TargetingRules
    private let store: Store

    /// Reads what was known at `cut`.
    package init(
        store: Store, configuration: Configuration, knownBy cut: Timestamp
    ) async throws {
        self.store = store
        campaigns = configuration.campaigns
        rules = configuration.targeting
        book = CustomerBook(
            customers: try await store.customers(knownBy: cut),
            items: try await store.items(knownBy: cut),
            identities: try await store.identities(knownBy: cut),
            interactions: try await store.interactions(knownBy: cut))
        let rows = try await store.voiceRows(knownBy: cut)
        moods = MoodSource(
            voices: Voices(rows.map(VoiceReport.init)), brands: try await store.brands(),
            moments: rows.map(\.knownAt))
    }

    /// What all decisions of the day (UTC) of a moment share.
    package func shop(at moment: Timestamp) -> Shop { Shop(book, day: moment.day) }

    package func maker(at moment: Timestamp, _ shop: Shop) -> DecisionMaker {
        DecisionMaker(
            book: book, moods: moods, shop: shop, campaigns: campaigns, rules: rules, at: moment)
    }

    /// Who would be reached by each campaign at a moment: a dry run that logs nothing.
    package func audiences(at moment: Timestamp) async throws -> [Audience] {
        let maker = maker(at: moment, shop(at: moment))
        let contacts = try await contacts(before: moment)
        let decisions = book.customerKeys.compactMap { key in
            maker.decision(id: "", customer: key, contacts: contacts[key] ?? 0)
        }
        return campaigns.map { Audience(of: $0, at: moment, decisions) }
    }

    /// How often each customer was written to within the cap's window.
    func contacts(before moment: Timestamp) async throws -> [String: Int] {
        try await store.contacts(from: moment - rules.capWindow, to: moment)
    }

    /// How often a customer was written to within the cap's window before and after a moment.
    func contacts(of customer: String, around moment: Timestamp) async throws -> Int {
        try await store.contacts(
            of: customer, from: moment - rules.capWindow, through: moment + rules.capWindow)
    }

    /// Vectors of all customers for the campaigns that run at a moment, by campaign, then customer.
    package func features(at moment: Timestamp) -> [Features] {
        let maker = FeatureMaker(book: book, moods: moods, shop: shop(at: moment), at: moment)
        return campaigns.filter { $0.isRunning(at: moment) }.flatMap { campaign in
            book.customerKeys.compactMap { maker.features(of: $0, for: campaign) }
        }
    }
}

extension Timestamp {
    /// The day (UTC) that it falls on.
    var day: LocalDate {
        let quotient = milliseconds / 86_400_000
        let floored = milliseconds % 86_400_000 < 0 ? quotient - 1 : quotient
        return LocalDate(dayNumber: Int(floored))
    }
}

extension MoodSource {
    /// - Parameter moments: at which something became known, ascending.
    fileprivate init(voices: Voices, brands: [Brand], moments: [Timestamp]) {
        let ids = Dictionary(uniqueKeysWithValues: brands.map { ($0.key, $0.id) })
        self.init(
            mood: { brand, aspect, moment in
                ids[brand].map { voices.mood(of: $0, topic: aspect, at: moment) } ?? .silent
            },
            hasSpoken: { author, brand, moment in
                ids[brand].map { voices.hasSpoken(author, of: $0, by: moment) } ?? false
            },
            lastKnown: { moments.last(by: $0) })
    }
}

extension VoiceReport {
    init(_ row: VoiceRow) {
        self.init(
            mention: row.mention, story: row.story, brand: row.brand, author: row.author,
            eventAt: row.eventAt, knownAt: row.knownAt, sentiment: row.probabilities,
            topics: row.topics)
    }
}
