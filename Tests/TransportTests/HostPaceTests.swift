import EarshotDomain
import EarshotTransport
import Testing

@Suite struct HostPaceTests {
    private let start = Timestamp(seconds: 1_000)

    @Test func oneRequestAtATimeAndASecondBetweenStarts() {
        var pace = HostPace()
        #expect(pace.delay(for: "a", at: start) == .zero)
        pace.started("a", at: start)
        #expect(pace.delay(for: "a", at: start + .seconds(5)) == nil)
        #expect(pace.delay(for: "b", at: start) == .zero)
        pace.finished("a", at: start + .milliseconds(300))
        #expect(pace.delay(for: "a", at: start + .milliseconds(300)) == .milliseconds(700))
        #expect(pace.delay(for: "a", at: start + .seconds(1)) == .zero)
    }

    @Test(arguments: [(50, 1), (51, 2)])
    func aHostOfManySourcesHasTwoPlaces(sources: Int, places: Int) {
        var pace = HostPace()
        pace.carries(sources, on: "a")
        for k in 0..<places {
            let now = start + .seconds(Int64(k))
            #expect(pace.delay(for: "a", at: now) == .zero)
            pace.started("a", at: now)
        }
        #expect(pace.delay(for: "a", at: start + .seconds(9)) == nil)
        pace.finished("a", at: start + .seconds(9))
        #expect(pace.delay(for: "a", at: start + .seconds(9)) == .zero)
    }

    @Test func theLongestPauseHolds() {
        var pace = HostPace()
        pace.started("a", at: start)
        pace.paused("a", until: start + .minutes(10))
        pace.paused("a", until: start + .minutes(2))
        pace.finished("a", at: start)
        #expect(pace.delay(for: "a", at: start) == .minutes(10))
        #expect(pace.delay(for: "b", at: start) == .zero)
    }

    @Test func aPauseIsAtMostADayAndNeverForNothing() {
        #expect(HostPace.pause(asked: .seconds(120)) == .seconds(120))
        #expect(HostPace.pause(asked: .zero) == .zero)
        #expect(HostPace.pause(asked: .days(365)) == .days(1))
        #expect(HostPace.pause(asked: nil) == .minutes(10))
    }

    /// What is known of a host outlives the strangers that redirects lead to.
    @Test func manyHostsAreForgottenButNoneThatMatters() {
        var pace = HostPace()
        pace.started("busy", at: start)
        pace.paused("paused", until: start + .days(1))
        pace.carries(51, on: "large")
        for k in 0..<10_000 {
            let now = start + .seconds(Int64(k))
            pace.started("stranger\(k)", at: now)
            pace.finished("stranger\(k)", at: now)
        }
        let end = start + .seconds(10_000)
        #expect(pace.delay(for: "busy", at: end) == nil)
        #expect(pace.delay(for: "paused", at: end) == .seconds(86_400 - 10_000))
        pace.started("large", at: end)
        #expect(pace.delay(for: "large", at: end + .seconds(1)) == .zero)
    }
}
