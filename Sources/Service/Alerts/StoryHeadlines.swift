package import EarshotDomain
package import EarshotStore
import EarshotTrends

/// A line that tells each story of an alert, from its first mention that is still stored.
package enum StoryHeadlines {
    /// By the key of the story's part.
    package static func of(
        _ facts: AlertFacts, in store: Store, knownBy cut: Timestamp?
    ) async throws -> [String: String] {
        let parts = facts.stories.parts.filter { !$0.evidence.isEmpty }
        let records = try await store.mentions(parts.flatMap(\.evidence), knownBy: cut)
        let details = Dictionary(
            records.map { record in
                let content = record.entry.content
                return (
                    record.mention.id,
                    MentionDetail(
                        title: content.title, text: content.text, url: content.url, evidence: [])
                )
            }, uniquingKeysWith: { first, _ in first })
        return Dictionary(
            parts.compactMap { part in
                part.evidence.lazy.compactMap { details[$0] }.first.map {
                    (part.key, Excerpt.headline($0))
                }
            }, uniquingKeysWith: { first, _ in first })
    }
}
