import EarshotCustomers
import EarshotDomain
import Testing

@Suite struct KnownThenTests {
    private typealias World = TargetingWorld

    private static func features(_ world: World, at moment: Timestamp) -> [Features] {
        let book = world.book
        let maker = FeatureMaker(
            book: book, moods: World.moods(-0.3), shop: Shop(book, day: World.day), at: moment)
        return book.customerKeys.flatMap { key in
            [World.spring, World.care].compactMap { maker.features(of: key, for: $0) }
        }
    }

    /// Late purchases, changed profiles and new links move no vector and no decision of before.
    @Test func whatIsLearnedLaterMovesNothingBefore() {
        let world = World()
        let cut = World.now
        var later = world
        for number in 0..<40 {
            later.interactions.append(
                World.did(number, "base", daysAgo: 35, knownAt: cut + .minutes(1)))
            later.interactions.append(
                World.did(number, "kettle", .giveBack, daysAgo: 10, knownAt: cut + .hours(1)))
            later.identities.append(
                Identity(
                    platform: "forum.invalid", handle: "ken", customer: World.key(number),
                    confidence: 1, hasConsent: true, knownAt: cut + .hours(2)))
        }
        later.customers += (0..<50).map { number in
            Known(
                Customer(
                    id: Identifier(Int64(number + 1)), key: World.key(number),
                    profile: CustomerProfile(
                        name: "changed", email: nil, language: "zh", country: nil, zone: nil,
                        tier: 9, since: cut, allowsEmail: false, allowsProfiling: false,
                        openCaseSince: cut - .days(9))), at: cut + .minutes(5))
        }
        later.interactions.reverse()
        later.customers.reverse()
        for hours in [Int64(0), 1, 20] {
            let moment = cut - .hours(hours)
            let old = Self.features(world, at: moment)
            let new = Self.features(later, at: moment)
            #expect(old == new)
            #expect(
                old.map { $0.values.map(\.bitPattern) } == new.map { $0.values.map(\.bitPattern) })
            #expect(
                world.decisions(mood: -0.3, at: moment) == later.decisions(mood: -0.3, at: moment))
        }
        #expect(
            world.decisions(mood: -0.3, at: cut + .days(1))
                != later.decisions(mood: -0.3, at: cut + .days(1)))
    }

    @Test func theWatermarkIsTheNewestRowThatWasRead() throws {
        let decision = try #require(World().decisions(mood: 0).first)
        #expect(decision.known == World.now - .minutes(1))
        #expect(decision.known <= decision.at)
    }
}
