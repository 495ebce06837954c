import EarshotDomain
import EarshotStore
import Testing

@Suite struct CustomerStoreTests {
    private static let start = StoreFixture.start

    private static func profile(
        tier: Int = 1, allowsEmail: Bool = true, openCaseSince: Timestamp? = nil
    ) -> CustomerProfile {
        CustomerProfile(
            name: "徐晓梅", email: "c1@customer.invalid", language: "zh", country: "CN",
            zone: "Asia/Shanghai", tier: tier, since: start - .days(100),
            allowsEmail: allowsEmail, allowsProfiling: true, openCaseSince: openCaseSince)
    }

    private static let item = Item(
        key: "K2", brand: "ours", product: "kettle", category: "kettles", price: 7_900,
        margin: 3_100, titles: ["en": "K2 kettle", "zh": "水壶"])

    private static func purchase(quantity: Int = 1, customer: String = "C1") -> Interaction {
        Interaction(
            eventAt: start - .days(3), knownAt: start - .days(2), customer: customer, item: "K2",
            kind: .purchase, quantity: quantity, price: 7_900)
    }

    @Test func whatIsTakenInTwiceIsThereOnce() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let customers = [CustomerDraft(key: "C1", profile: Self.profile())]
            let identity = Identity(
                platform: "forum.test.invalid", handle: "mei", customer: "C1", confidence: 0.9,
                hasConsent: true, knownAt: Self.start)
            let newCustomer = try await store.record(customers, knownAt: Self.start)
            #expect(newCustomer == [.added])
            let newItem = try await store.record([Self.item], knownAt: Self.start)
            #expect(newItem == [.added])
            let link = try await store.record([identity])
            #expect(link == [.added])
            let purchase = try await store.record([Self.purchase()])
            #expect(purchase == [.added])
            let later = Self.start + .days(1)
            let again = try await store.record(customers, knownAt: later)
            #expect(again == [.same])
            let itemAgain = try await store.record([Self.item], knownAt: later)
            #expect(itemAgain == [.same])
            let linkAgain = try await store.record([identity])
            #expect(linkAgain == [.same])
            let twice = try await store.record([Self.purchase(), Self.purchase()])
            #expect(twice == [.same, .same])
            let customerCount = try await store.customers(knownBy: later).count
            #expect(customerCount == 1)
            let items = try await store.items(knownBy: later).map(\.value)
            #expect(items == [Self.item])
            let identities = try await store.identities(knownBy: later)
            #expect(identities == [identity])
            let interactions = try await store.interactions(knownBy: later)
            #expect(interactions == [Self.purchase()])
            let damage = try await store.damage()
            #expect(damage.isEmpty)
        }
    }

    @Test func aChangeStandsBesideWhatWasKnown() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let old = CustomerDraft(key: "C1", profile: Self.profile())
            let new = CustomerDraft(key: "C1", profile: Self.profile(allowsEmail: false))
            let later = Self.start + .days(1)
            _ = try await store.record([old], knownAt: Self.start)
            let changed = try await store.record([new], knownAt: later)
            #expect(changed == [.changed])
            let then = try await store.customers(knownBy: Self.start)
            let now = try await store.customers(knownBy: later)
            #expect(then.map(\.value.profile) == [old.profile])
            #expect(now.map(\.value.profile) == [old.profile, new.profile])
            #expect(now.map(\.knownAt) == [Self.start, later])
            let contradiction = try await store.record([old], knownAt: later)
            #expect(
                contradiction == [
                    .refused("stands twice with different values; the first holds")
                ])
        }
    }

    @Test func whatContradictsOrNamesNobodyIsRefused() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            _ = try await store.record(
                [CustomerDraft(key: "C1", profile: Self.profile())], knownAt: Self.start)
            let withoutItem = try await store.record([Self.purchase()])
            #expect(
                withoutItem == [
                    .refused("no item is called 'K2'")
                ])
            _ = try await store.record([Self.item], knownAt: Self.start)
            let outcomes = try await store.record([
                Self.purchase(), Self.purchase(quantity: 2), Self.purchase(customer: "C2"),
            ])
            #expect(
                outcomes == [
                    .added, .refused("known with another quantity or price; the first holds"),
                    .refused("no customer is called 'C2'"),
                ])
        }
    }

    @Test func aDecisionIsLoggedOnce() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            _ = try await store.record(
                [CustomerDraft(key: "C1", profile: Self.profile())], knownAt: Self.start)
            func decision(_ action: String?) -> DecisionRecord {
                DecisionRecord(
                    key: "r1", customer: "C1", at: Self.start, known: Self.start, rule: "worth",
                    action: action, item: action.map { _ in "K2" }, propensity: 1,
                    isControl: false, contents: "{}")
            }
            let first = decision("spring")
            let logged = try await store.record(first)
            #expect(logged == first)
            let loggedAgain = try await store.record(decision(nil))
            #expect(loggedAgain == first)
            let log = try await store.decisions(of: "C1", limit: 9)
            #expect(log == [first])
            let hour = Self.start + .hours(1)
            let contacts = try await store.contacts(from: Self.start, to: hour)
            #expect(contacts == ["C1": 1])
            let none = try await store.contacts(from: hour, to: hour + .hours(1))
            #expect(none.isEmpty)
        }
    }

    /// A voice is every sentiment a mention was given, at its own moment.
    @Test func correctionsAreVoicesOfTheirOwnMoment() async throws {
        try await StoreFixture.with { fixture in
            let author = Author(platform: "forum.test.invalid", handle: "mei")
            let recorded = try await fixture.record([
                DraftRecord(
                    entry: StoreFixture.draft(1, author: author),
                    mentions: [StoreFixture.mention(fixture.ours, topics: ["service"])])
            ])
            let mention = try #require(recorded.entries.first?.mentions.first?.id)
            let later = Self.start + .hours(5)
            _ = try await fixture.store.record(
                sentiments: [(mention, StoreFixture.sentiment(.positive))], knownAt: later)
            let then = try await fixture.store.voiceRows(knownBy: Self.start)
            let now = try await fixture.store.voiceRows(knownBy: later)
            #expect(then.map(\.probabilities.negative) == [0.7])
            #expect(now.map(\.probabilities.negative) == [0.7, 0.1])
            #expect(now.map(\.knownAt) == [Self.start, later])
            #expect(now.map(\.topics) == [["service"], ["service"]])
            #expect(now.map(\.author) == ["forum.test.invalid/mei", "forum.test.invalid/mei"])
        }
    }
}
