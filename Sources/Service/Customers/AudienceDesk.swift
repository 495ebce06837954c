package import EarshotCustomers
package import EarshotDomain
package import EarshotStore
package import EarshotWording

/// Audiences at two moments, and who moved, in words.
package struct AudienceDesk: Sendable {
    private let desk: CustomerDesk
    private let brands: [String: Brand]

    package init(store: Store, desk: CustomerDesk) async throws {
        self.desk = desk
        brands = Dictionary(
            uniqueKeysWithValues: try await store.brands().map { ($0.key, $0) })
    }

    /// Each campaign's audience at a moment against an earlier one, in declared order.
    package func changes(
        from earlier: Timestamp, to later: Timestamp
    ) async throws -> [AudienceChange] {
        let before = try await desk.audiences(at: earlier)
        let after = try await desk.audiences(at: later)
        return zip(before, after).map { AudienceChange(from: $0, to: $1) }
    }

    /// Why a customer stands where they stand, and since an earlier moment where one is given.
    package func reason(
        of member: Audience.Member, in campaign: Campaign, language: ReaderLanguage,
        since move: AudienceChange.Move? = nil
    ) -> AudienceReason {
        let decision = member.decision
        let tag = language.rawValue
        let candidate = decision.candidate(campaign.key)
        let items = desk.book.items(at: decision.at)
        let other = desk.campaigns.first {
            $0.key == decision.action && $0.key != campaign.key
        }
        return AudienceReason(
            standing: member.standing, rule: decision.rule,
            brand: brands[campaign.brand]?.name(in: tag) ?? campaign.brand,
            item: candidate.flatMap { candidate in
                items.first { $0.key == candidate.item }?.title(in: tag)
            },
            other: other?.name(in: tag), value: candidate.map { $0.value / 100 },
            mood: candidate?.mood, sentiment: candidate?.logOdds(of: .sentiment) ?? 0,
            cause: move?.cause, shift: move?.shift ?? 0)
    }

    /// Why a customer came, went or stayed.
    package func words(
        for move: AudienceChange.Move, in campaign: Campaign, language: ReaderLanguage
    ) -> String {
        AudienceWording(language: language).change(
            from: move.before?.standing,
            reason(of: move.after, in: campaign, language: language, since: move))
    }
}
