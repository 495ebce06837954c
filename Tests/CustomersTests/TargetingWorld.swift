import EarshotCustomers
import EarshotDomain

/// A small invented shop: forty customers, four items, one brand with a mood that can be set.
struct TargetingWorld {
    static let now = Timestamp(seconds: 1_773_100_000)
    static let open = now - .days(3)

    static let items = [
        Item(
            key: "kettle", brand: "harbor", product: nil, category: "kettles", price: 7_900,
            margin: 3_100, titles: ["en": "Kettle"]),
        Item(
            key: "toaster", brand: "harbor", product: nil, category: "toasters", price: 6_900,
            margin: 2_600, titles: ["en": "Toaster"]),
        Item(
            key: "mugs", brand: "harbor", product: nil, category: "extras", price: 1_500,
            margin: 900, titles: ["en": "Mugs"]),
        Item(
            key: "base", brand: "harbor", product: nil, category: "spares", price: 1_900,
            margin: 800, titles: ["en": "Base"]),
    ]

    static func campaign(
        _ key: String, _ kind: Campaign.Kind, items: [String], owners: [String] = [],
        cost: Int = 40, guard: Campaign.Guard? = nil
    ) -> Campaign {
        Campaign(
            key: key, names: ["en": key], kind: kind, brand: "harbor", aspect: "leak",
            items: items, owners: owners, cost: cost, starts: now - .days(5),
            ends: now + .days(5), guard: `guard`)
    }

    static let spring = campaign("spring", .promotion, items: ["toaster", "mugs"])
    static let care = campaign("care", .care, items: ["base"], owners: ["kettle"], cost: 120)

    /// Customer 3 has an open case, 4 refuses mail, 5 refuses profiling; every other one has a
    /// kettle.
    static func customer(_ number: Int, knownAt: Timestamp = open) -> Known<Customer> {
        Known(
            Customer(
                id: Identifier(Int64(number + 1)), key: key(number),
                profile: CustomerProfile(
                    name: "Customer \(number)", email: nil, language: "en", country: nil,
                    zone: nil, tier: number % 3, since: now - .days(400),
                    allowsEmail: number != 4, allowsProfiling: number != 5,
                    openCaseSince: number == 3 ? now - .days(1) : nil)), at: knownAt)
    }

    static func key(_ number: Int) -> String { "C\(number)" }

    static func did(
        _ number: Int, _ item: String, _ kind: Interaction.Kind = .purchase, daysAgo: Int64,
        knownAt: Timestamp? = nil
    ) -> Interaction {
        let eventAt = now - .days(daysAgo)
        return Interaction(
            eventAt: eventAt, knownAt: knownAt ?? eventAt + .minutes(5), customer: key(number),
            item: item, kind: kind, quantity: 1, price: kind == .purchase ? 5_000 : nil)
    }

    var customers = (0..<40).map { Self.customer($0) }
    var identities = [
        Identity(
            platform: "forum.invalid", handle: "ken", customer: key(1), confidence: 0.9,
            hasConsent: true, knownAt: now - .days(2))
    ]
    var interactions = (0..<40).flatMap { number -> [Interaction] in
        let first = number % 2 == 1 ? [did(number, "kettle", daysAgo: 40)] : []
        let second = number % 5 == 0 ? [did(number, "mugs", daysAgo: 30)] : []
        return first + second + [did(number, "toaster", .view, daysAgo: 20)]
    }

    var book: CustomerBook {
        CustomerBook(
            customers: customers,
            items: Self.items.map { Known($0, at: Self.now - .days(300)) },
            identities: identities, interactions: interactions)
    }

    static func moods(_ mean: Double) -> MoodSource {
        MoodSource(
            mood: { _, _, _ in
                BrandMood(
                    short: mean, long: mean, voices: 50, authors: 40, evidence: [Identifier(7)])
            },
            hasSpoken: { author, _, _ in author == "forum.invalid/ken" },
            lastKnown: { $0 - .minutes(1) })
    }

    static let rules = TargetingRules(controlPerMille: 0)

    func decisions(
        mood: Double, campaigns: [Campaign] = [care, spring], rules: TargetingRules = rules,
        contacts: Int = 0, at moment: Timestamp = now
    ) -> [Decision] {
        let book = self.book
        let maker = DecisionMaker(
            book: book, moods: Self.moods(mood), shop: Shop(book, day: Self.day),
            campaigns: campaigns, rules: rules, at: moment)
        return book.customerKeys.compactMap {
            maker.decision(id: $0, customer: $0, contacts: contacts)
        }
    }

    /// That of `now`, UTC.
    static let day = LocalDate(dayNumber: 1_773_100_000 / 86_400)
}

extension [Decision] {
    func of(_ number: Int) -> Decision? {
        first { $0.customer == TargetingWorld.key(number) }
    }
}
