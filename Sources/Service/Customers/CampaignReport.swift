package import EarshotCustomers
import EarshotDomain
package import EarshotWording

/// What a change did to the audiences, in a few lines a campaign.
package struct CampaignReport: Sendable {
    private let desk: AudienceDesk
    package let changes: [AudienceChange]

    package init(desk: AudienceDesk, changes: [AudienceChange]) {
        self.desk = desk
        self.changes = changes
    }

    /// Lines ended by line feeds: how many are reached, why the others are not, and a few of those
    /// who moved, by key.
    ///
    /// - Parameter examples: of each campaign at most.
    package func text(language: ReaderLanguage, examples: Int) -> String {
        changes.map { text(of: $0, language, examples) }.joined(separator: "\n")
    }

    /// What the change did to the campaigns of a brand, for a digest; without line feeds.
    package func lines(of brand: String, language: ReaderLanguage, examples: Int) -> [String] {
        changes.filter { $0.after.campaign.brand == brand }.flatMap {
            text(of: $0, language, examples).split(separator: "\n").map(String.init)
        }
    }

    private func text(
        of change: AudienceChange, _ language: ReaderLanguage, _ examples: Int
    ) -> String {
        let campaign = change.after.campaign
        let wording = AudienceWording(language: language)
        let moved = change.moves.filter(\.isMove)
        let counts = AudienceStanding.allCases.map { standing in
            (
                standing: standing, before: change.before.members.count { $0.standing == standing },
                after: change.after.members.count { $0.standing == standing }
            )
        }.filter { $0.before + $0.after > 0 }
        let standings = counts.map {
            "\(wording.standing($0.standing)) \($0.before) → \($0.after)"
        }
        // One example for each pair of standings first, so that few lines show most.
        var seen: Set<[AudienceStanding?]> = []
        let (first, rest) = moved.reduce(into: ([AudienceChange.Move](), [AudienceChange.Move]())) {
            lists, move in
            if seen.insert([move.before?.standing, move.after.standing]).inserted {
                lists.0.append(move)
            } else {
                lists.1.append(move)
            }
        }
        let lines = (first + rest).prefix(examples).map { move in
            "  \(move.customer) \(desk.words(for: move, in: campaign, language: language))"
        }
        return
            (["\(campaign.name(in: language.rawValue)) (\(campaign.key))"]
            + ["  " + standings.joined(separator: language == .zh ? "，" : ", ")] + lines)
            .map(PrintableText.of).joined(separator: "\n") + "\n"
    }
}
