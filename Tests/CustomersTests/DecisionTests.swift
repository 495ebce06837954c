import EarshotCustomers
import EarshotDomain
import Foundation
import Testing

@Suite struct DecisionTests {
    private let world = TargetingWorld()

    /// Second source: the log-odds told back from the value, worth · p − cost.
    @Test(arguments: [-0.6, 0.1, 0.5])
    func partsAddUp(mood: Double) throws {
        var weighed = 0
        for decision in world.decisions(mood: mood) {
            for candidate in decision.candidates {
                let p = (candidate.value + Double(candidate.cost)) / Double(candidate.worth)
                let sum = candidate.parts.map(\.value).reduce(0, +)
                #expect(abs(log(p / (1 - p)) - sum) < 1e-9)
                let groups = Decision.Part.Group.allCases.map { candidate.logOdds(of: $0) }
                #expect(abs(groups.reduce(0, +) - candidate.logOdds) < 1e-9)
                weighed += 1
            }
        }
        #expect(weighed > 50)
    }

    @Test func sentimentIsAPartOfItsOwnAndNamesItsMentions() throws {
        let bad = world.decisions(mood: -0.6)
        let usual = world.decisions(mood: BrandMood.prior)
        for (bad, usual) in zip(bad, usual) {
            for (candidate, neutral) in zip(bad.candidates, usual.candidates) {
                let sign = candidate.campaign == "care" ? 1.0 : -1.0
                #expect(candidate.logOdds(of: .sentiment) * sign > 0)
                #expect(neutral.logOdds(of: .sentiment) == 0)
                #expect(abs(candidate.sentimentValue - (candidate.value - neutral.value)) < 1e-9)
                let parts = candidate.parts.filter { $0.group == .sentiment }
                #expect(parts.count == 4)
                #expect(parts.allSatisfy { $0.evidence == [Identifier(7)] })
            }
        }
    }

    @Test func aBadMoodTakesPromotionsAndBringsCare() {
        func count(_ campaign: String, _ mood: Double) -> Int {
            world.decisions(mood: mood).count { $0.action == campaign }
        }
        #expect(count("spring", -0.8) < count("spring", 0.1))
        #expect(count("care", -0.8) > count("care", 0.1))
    }

    /// The hard rules, in their order; each before any score.
    @Test func rulesComeBeforeScores() throws {
        let decisions = world.decisions(mood: 0.5)
        let open = try #require(decisions.of(3))
        #expect(open.rule == .openCase)
        #expect(open.action == "care")
        let promotionOnly = world.decisions(mood: 0.5, campaigns: [TargetingWorld.spring])
        #expect(promotionOnly.of(3)?.rule == .openCase)
        #expect(promotionOnly.of(3)?.action == nil)
        #expect(decisions.of(4)?.rule == .consent)
        #expect(decisions.of(4)?.action == nil)
        let capped = world.decisions(mood: 0.5, contacts: 2)
        #expect(capped.of(8)?.rule == .cap)
        // Help keeps to the cap too, and an open case still gets no promotion.
        #expect(capped.of(3)?.rule == .openCase)
        #expect(capped.of(3)?.action == nil)
        let closed = world.decisions(mood: 0.5, at: TargetingWorld.now - .days(2))
        #expect(closed.of(3)?.rule == .worth)
        #expect(decisions.allSatisfy { $0.propensity == 1 && !$0.isControl })
    }

    @Test func whoRefusesProfilingIsSeenWithoutHistory() throws {
        let candidates = try #require(world.decisions(mood: -0.6).of(5)).candidates
        #expect(candidates.map(\.campaign) == ["spring"])
        let known = try #require(world.decisions(mood: -0.6).of(7)?.candidate("spring"))
        let shift = candidates[0].logOdds(of: .sentiment)
        // Everyone's reach is 0.2, that of an owner 0.6.
        #expect(abs(shift * 3 - known.logOdds(of: .sentiment)) < 1e-9)
    }

    @Test func brandLevelStopsAreOffUnlessAskedFor() throws {
        func spring(_ action: Campaign.Guard.Action) -> Campaign {
            TargetingWorld.campaign(
                "spring", .promotion, items: ["toaster", "mugs"],
                guard: Campaign.Guard(below: -0.5, action: action))
        }
        let paused = world.decisions(mood: -0.6, campaigns: [spring(.pause)])
        #expect(paused.of(8)?.rule == .stopped)
        #expect(paused.allSatisfy { $0.action == nil })
        let awake = world.decisions(mood: -0.4, campaigns: [spring(.pause)])
        #expect(awake.of(8)?.rule != .stopped)
        let swapped = world.decisions(mood: -0.6, campaigns: [spring(.swap(item: "base"))])
        #expect(swapped.of(8)?.candidates.map(\.item) == ["base"])
    }

    /// One in ten, for ever the same, and nothing that is said reaches them.
    @Test func theControlGroupIsUntouchedBySentiment() {
        let rules = TargetingRules()
        let group = ControlGroup(rules)
        let size = (0..<10_000).count { group.contains("C\($0)") }
        // Four standard deviations of a binomial of 10,000 and 0.1.
        #expect(abs(size - 1_000) <= 120)
        let bad = world.decisions(mood: -0.9, rules: rules)
        let good = world.decisions(mood: 0.9, rules: rules)
        let control = bad.filter(\.isControl)
        #expect(!control.isEmpty)
        #expect(control == good.filter(\.isControl))
        #expect(control.allSatisfy { $0.action == nil && $0.candidates.isEmpty })
        let keys = Set(control.map(\.customer))
        #expect(keys == Set(bad.map(\.customer).filter { group.contains($0) }))
        let salted = TargetingRules(salt: "another")
        #expect(
            (0..<10_000).contains {
                ControlGroup(salted).contains("C\($0)") != group.contains("C\($0)")
            })
    }

    @Test func aMoveNamesItsCause() throws {
        let campaign = TargetingWorld.spring
        let before = Audience(
            of: campaign, at: TargetingWorld.now, world.decisions(mood: 0.4, campaigns: [campaign]))
        let after = Audience(
            of: campaign, at: TargetingWorld.now, world.decisions(mood: -0.9, campaigns: [campaign])
        )
        let change = AudienceChange(from: before, to: after)
        let left = change.moves.filter(\.isMove)
        #expect(left.count == before.reached - after.reached)
        #expect(!left.isEmpty)
        #expect(left.allSatisfy { $0.cause == .sentiment && $0.after.standing == .notWorth })
    }
}
