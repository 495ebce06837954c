package import EarshotDomain

/// Chooses for one customer at one moment: hard rules first, then what a contact is worth.
///
/// The order is that of the research note on customers, section 3: control group, consent, open
/// case, cap, brand-level stop, score. A decision reads only what was known at its moment.
package struct DecisionMaker: Sendable {
    private let book: CustomerBook
    private let campaigns: [Campaign]
    private let rules: TargetingRules
    private let control: ControlGroup
    private let maker: FeatureMaker
    private let versions: Decision.Versions
    private let at: Timestamp
    private let known: Timestamp

    /// - Parameter shop: of the day (UTC) of `moment`.
    package init(
        book: CustomerBook, moods: MoodSource, shop: Shop, campaigns: [Campaign],
        rules: TargetingRules, at moment: Timestamp
    ) {
        self.book = book
        self.campaigns = campaigns
        self.rules = rules
        control = ControlGroup(rules)
        maker = FeatureMaker(book: book, moods: moods, shop: shop, at: moment)
        versions = Decision.Versions(
            features: Feature.version, recommender: shop.recommender.version,
            response: ResponseModel.promotion.version, rules: Self.rulesVersion)
        at = moment
        let newest = [book.lastKnown(at: moment), moods.lastKnown(moment)].compactMap(\.self)
        known = newest.max() ?? moment
    }

    private static let rulesVersion = "rules-1"

    /// Absent for a customer who was not known at the moment.
    ///
    /// - Parameter contacts: how often the customer was written to within the cap's window.
    package func decision(id: String, customer key: String, contacts: Int) -> Decision? {
        guard let customer = book.customer(key, at: at) else { return nil }
        let isControl = control.contains(key)
        func decided(
            _ rule: Decision.Rule, _ candidates: [Decision.Candidate] = [], _ chosen: Int? = nil
        ) -> Decision {
            Decision(
                id: id, customer: key, at: at, known: known, versions: versions,
                candidates: candidates, rule: rule, chosen: chosen, propensity: 1,
                isControl: isControl, seed: 0)
        }
        if isControl { return decided(.control) }
        if !customer.profile.allowsEmail { return decided(.consent) }
        let view = maker.view(of: customer)
        let candidates = campaigns.filter { $0.isRunning(at: at) }
            .compactMap { candidate($0, for: view) }
        if customer.profile.hasOpenCase(at: at) {
            let care = Set(campaigns.filter { $0.kind == .care }.map(\.key))
            // Help, too, is mail: it keeps to the cap.
            guard contacts < rules.cap else { return decided(.openCase, candidates) }
            return decided(
                .openCase, candidates,
                best(of: candidates) { care.contains($0.campaign) && !$0.isStopped })
        }
        if contacts >= rules.cap { return decided(.cap, candidates) }
        if candidates.isEmpty { return decided(.noCandidate) }
        if candidates.allSatisfy(\.isStopped) { return decided(.stopped, candidates) }
        let chosen = best(of: candidates) { !$0.isStopped && $0.value > 0 }
        return decided(chosen == nil ? .notWorth : .worth, candidates, chosen)
    }

    /// Place of the candidate of highest value that may go out; the first of equals.
    private func best(
        of candidates: [Decision.Candidate], where mayGo: (Decision.Candidate) -> Bool
    ) -> Int? {
        var best: (place: Int, value: Double)?
        for (place, candidate) in candidates.enumerated() where mayGo(candidate) {
            if best.map({ candidate.value > $0.value }) ?? true {
                best = (place, candidate.value)
            }
        }
        return best?.place
    }

    /// Absent where the campaign is not for this customer.
    private func candidate(
        _ campaign: Campaign, for view: CustomerView
    ) -> Decision.Candidate? {
        let owned = campaign.owners.filter(view.history.owns)
        guard campaign.owners.isEmpty || !owned.isEmpty else { return nil }
        let mood = maker.mood(of: campaign)
        var offered = campaign.items
        var isStopped = false
        if let stop = campaign.guard, mood.short < stop.below {
            switch stop.action {
            case .pause: isStopped = true
            case .swap(let item): offered = [item]
            }
        }
        guard let item = maker.item(of: offered, for: view) else { return nil }
        let features = maker.features(of: view, item, campaign)
        let worth =
            switch campaign.kind {
            case .promotion: item.margin
            // A customer kept: the margin of the dearest item that the help is about.
            case .care: owned.compactMap { maker.item($0)?.margin }.max() ?? item.margin
            }
        return Decision.Candidate(
            campaign: campaign.key, item: item.key,
            parts: ResponseModel.handSet(for: campaign.kind).parts(of: features), worth: worth,
            cost: campaign.cost, isStopped: isStopped, mood: mood)
    }
}
