package import EarshotDomain
package import EarshotStore
import EarshotTrends
package import EarshotWording

/// The alerts that a digest opens with: those of its brand that were open in its day, as known
/// when it was cut.
package struct AlertNotices: Sendable {
    private let store: Store

    /// Alerts of a brand that are looked at, the newest; chosen: a day has one or two.
    private static let limit = 20

    package init(store: Store) {
        self.store = store
    }

    package func notices(
        for digest: Digest, language: ReaderLanguage
    ) async throws -> [DigestNotice] {
        let day = digest.day
        let alerts = try await store.alerts(
            of: [digest.brand.id], knownBy: day.cut, limit: Self.limit)
        return alerts.filter { $0.openedAt < day.end && ($0.resolvedAt ?? day.cut) >= day.start }
            .compactMap { alert in
                guard let event = alert.height else { return nil }
                let words = AlertWording(event, of: digest.brand, language: language)
                return DigestNotice(
                    title: words.headline, lines: [words.counts, words.evidence, words.effects],
                    isAlarm: alert.resolvedAt == nil)
            }
    }
}

extension DigestPage.Reading {
    /// The digest for a terminal, or as plain text: its notices first.
    package func text(width: Int = 80, colour: Bool = false) -> String {
        let opening = notices.map {
            TerminalNotice(title: $0.title, lines: $0.lines, width: width, colour: colour).text
                + "\n"
        }
        return opening.joined()
            + TerminalDigest(digest, language: language, width: width, colour: colour).text
    }
}
