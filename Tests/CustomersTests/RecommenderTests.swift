import EarshotCustomers
import EarshotDomain
import Testing

@Suite struct RecommenderTests {
    private static let now = Timestamp(seconds: 1_773_000_000)

    /// The invented shop of `reference.py`.
    private static let histories: [PurchaseHistory] = {
        var state = 20_260_310
        return (0..<40).map { customer in
            var done: [Interaction] = []
            for item in 0..<9 {
                state = (state * 1_103_515_245 + 12_345) % (1 << 31)
                let roll = (state >> 16) % 10
                guard roll < 5 else { continue }
                done.append(
                    Interaction(
                        eventAt: now - .days(30), knownAt: now - .days(30),
                        customer: "c\(customer)", item: "i\(item)",
                        kind: roll < 3 ? .purchase : .view, quantity: 1, price: 1_000))
            }
            return PurchaseHistory(done)
        }
    }()

    /// Second source: `Tests/CustomersTests/reference.py`, numpy.
    @Test func similaritiesAgreeWithNumpy() {
        let expected = [
            "i1": 0.053_709_433_73, "i2": 0.045_005_045_067, "i3": 0.081_838_015_155,
            "i4": 0.064_267_164_191, "i5": 0.032_088_465_487, "i6": 0.070_399_013_414,
            "i7": 0.070_996_171_246, "i8": 0.080_057_523_527,
        ]
        let found = ItemNeighbours(Self.histories).neighbours(of: "i0")
        #expect(found.count == expected.count)
        for neighbour in found {
            #expect(abs(neighbour.similarity - (expected[neighbour.item] ?? -1)) < 1e-11)
        }
        #expect(found.map(\.item).prefix(2) == ["i3", "i8"])
    }

    /// Second source: the same.
    @Test(arguments: [
        (
            0,
            [
                0.093_965_804_462, 0.155_486_435_614, 0.185_908_423_942, 0.166_608_461_43,
                0.152_142_999_325, 0.155_089_126_086, 0.099_367_972_198, 0.166_118_056_189,
                0.204_393_196_838,
            ]
        ),
        (
            23,
            [
                0.343_965_293_135, 0.372_202_815_689, 0.453_580_247_082, 0.385_876_415_781,
                0.460_732_950_312, 0.380_197_583_456, 0.415_464_482_64, 0.370_777_741_783,
                0.455_740_812_3,
            ]
        ),
    ])
    func scoresAgreeWithNumpyAndAddUp(customer: Int, expected: [Double]) {
        let recommender = Recommender(ItemNeighbours(Self.histories), version: "test")
        for (item, score) in expected.enumerated() {
            let recommendation = recommender.recommendation(
                of: "i\(item)", for: Self.histories[customer], at: Self.now)
            #expect(abs(recommendation.score - score) < 1e-11)
            #expect(recommendation.parts.allSatisfy { $0.value >= 0 })
            #expect(
                abs(recommendation.parts.map(\.value).reduce(0, +) - recommendation.score) < 1e-9)
        }
    }

    @Test func aNewCustomerGetsWhatIsPopular() {
        let recommender = Recommender(ItemNeighbours(Self.histories), version: "test")
        let all = recommender.recommendations(
            of: (0..<9).map { "i\($0)" }, for: PurchaseHistory([]), at: Self.now)
        #expect(all.count == 9)
        for recommendation in all {
            #expect(recommendation.parts.count == 1)
            guard case .popular = recommendation.parts[0].kind else {
                Issue.record("only popularity is known of \(recommendation.item)")
                continue
            }
        }
        #expect(all.map(\.score) == all.map(\.score).sorted(by: >))
    }

    /// What was bought once is not offered again, what was bought twice is, what went back is new.
    @Test func offersAgainOnlyWhatIsBoughtAgain() {
        func did(_ item: String, _ kind: Interaction.Kind, _ day: Int64) -> Interaction {
            Interaction(
                eventAt: Self.now - .days(day), knownAt: Self.now - .days(day), customer: "c",
                item: item, kind: kind, quantity: 1, price: 500)
        }
        let history = PurchaseHistory([
            did("i0", .purchase, 90), did("i1", .purchase, 80), did("i2", .purchase, 70),
            did("i1", .purchase, 60), did("i2", .giveBack, 50),
        ])
        let recommender = Recommender(ItemNeighbours(Self.histories), version: "test")
        let offered = recommender.recommendations(
            of: ["i0", "i1", "i2", "i3"], for: history, at: Self.now)
        #expect(Set(offered.map(\.item)) == ["i1", "i2", "i3"])
        let again = offered.first { $0.item == "i1" }
        #expect(again?.parts.contains { $0.kind == .habit(purchases: 2) } == true)
    }
}
