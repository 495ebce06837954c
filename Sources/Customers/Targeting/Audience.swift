package import EarshotDomain

/// Whom a campaign reaches at a moment, and whom not, and why.
package struct Audience: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package let standing: AudienceStanding
        package let decision: Decision

        package var customer: String { decision.customer }
    }

    package let campaign: Campaign
    package let at: Timestamp
    /// In the order of the customers' keys; all that were known.
    package let members: [Member]

    /// - Parameter decisions: one for each customer, at `moment`.
    package init(of campaign: Campaign, at moment: Timestamp, _ decisions: [Decision]) {
        self.campaign = campaign
        at = moment
        members = decisions.map {
            Member(standing: AudienceStanding($0, before: campaign), decision: $0)
        }
    }

    package var reached: Int { members.count { $0.standing == .reached } }
}

extension AudienceStanding {
    fileprivate init(_ decision: Decision, before campaign: Campaign) {
        if decision.at < campaign.starts {
            self = .notBegun
        } else if decision.at >= campaign.ends {
            self = .over
        } else if decision.action == campaign.key {
            self = .reached
        } else {
            self = Self.held(decision, campaign)
        }
    }

    private static func held(_ decision: Decision, _ campaign: Campaign) -> AudienceStanding {
        switch decision.rule {
        case .control: return .control
        case .consent: return .consent
        case .openCase: return .openCase
        case .cap: return .cap
        case .noCandidate, .stopped, .notWorth, .worth: break
        }
        guard let candidate = decision.candidate(campaign.key) else { return .notForThem }
        if candidate.isStopped { return .stopped }
        return candidate.value > 0 ? .otherCampaign : .notWorth
    }
}

/// One audience against an earlier one of the same campaign.
package struct AudienceChange: Hashable, Sendable {
    package struct Move: Hashable, Sendable {
        /// Absent where the customer was not known before.
        package let before: Audience.Member?
        package let after: Audience.Member
        /// What changed the log-odds most where they changed the standing; absent where a rule
        /// did.
        package let cause: Decision.Part.Group?
        /// By how much its part changed; 0 without a cause.
        package let shift: Double

        package var customer: String { after.customer }
        /// Came in or went out.
        package var isMove: Bool {
            (before?.standing == .reached) != (after.standing == .reached)
        }
    }

    package let before: Audience
    package let after: Audience
    /// All customers of `after`, in their order.
    package let moves: [Move]

    package init(from before: Audience, to after: Audience) {
        self.before = before
        self.after = after
        let old = Dictionary(uniqueKeysWithValues: before.members.map { ($0.customer, $0) })
        moves = after.members.map { member in
            let earlier = old[member.customer]
            let cause = Self.cause(from: earlier, to: member, in: after.campaign.key)
            return Move(
                before: earlier, after: member, cause: cause?.group, shift: cause?.shift ?? 0)
        }
    }

    /// Of a customer who stands elsewhere now and was weighed both times.
    private static func cause(
        from before: Audience.Member?, to after: Audience.Member, in campaign: String
    ) -> (group: Decision.Part.Group, shift: Double)? {
        guard let old = before?.decision.candidate(campaign),
            let new = after.decision.candidate(campaign),
            before?.standing != after.standing
        else { return nil }
        let shifts = Decision.Part.Group.allCases.map { group in
            (group: group, shift: new.logOdds(of: group) - old.logOdds(of: group))
        }
        return shifts.max { abs($0.shift) < abs($1.shift) }
            .flatMap { abs($0.shift) > 1e-9 ? $0 : nil }
    }
}
