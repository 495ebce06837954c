import EarshotDomain
import EarshotListening
import EarshotStore

extension Listener {
    /// Knows the stories that entries of `span` may belong to, as the store has them, and forgets
    /// those that lie far from it.
    ///
    /// What is known depends on the store and the span alone, so that an import that was broken off
    /// goes on as if it had not been.
    ///
    /// - Parameter covered: of which time the stories are known; absent for none.
    mutating func cover(
        _ span: ClosedRange<Timestamp>, covered: inout Range<Timestamp>?, in store: Store
    ) async throws {
        let window = StoryClusterer.window
        let needed = (span.lowerBound - window)..<(span.upperBound + window + .milliseconds(1))
        var missing = [needed]
        if let known = covered, known.overlaps(needed) {
            let all =
                min(known.lowerBound, needed.lowerBound)..<max(known.upperBound, needed.upperBound)
            let length = needed.upperBound - needed.lowerBound
            if all.upperBound - all.lowerBound <= length + length + Self.slack {
                missing = [
                    all.lowerBound..<known.lowerBound, known.upperBound..<all.upperBound,
                ].filter { !$0.isEmpty }
                covered = all
            } else {
                covered = nil
            }
        } else {
            covered = nil
        }
        let brands = stories.keys.sorted()
        if covered == nil {
            for brand in brands { stories[brand] = StoryClusterer() }
            covered = needed
        }
        for range in missing {
            for brand in brands {
                for mention in try await store.mentions(of: brand, in: range) {
                    stories[brand]?.add(
                        StoryPrint(title: mention.title, text: mention.text),
                        eventAt: mention.eventAt, story: mention.story)
                }
            }
        }
    }

    /// How much more time is kept than is needed; chosen: an archive in order of time reads each
    /// story from the store twice at most.
    private static let slack = Duration.days(60)
}
