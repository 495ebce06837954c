import EarshotDomain

struct EnglishAudience: AudiencePhrases {
    func standing(_ standing: AudienceStanding) -> String {
        switch standing {
        case .reached: "reached"
        case .notBegun: "not begun"
        case .over: "over"
        case .control: "control group"
        case .consent: "no consent"
        case .openCase: "open complaint"
        case .cap: "contacted enough"
        case .notForThem: "not for them"
        case .stopped: "stopped"
        case .notWorth: "not worth it"
        case .otherCampaign: "another campaign"
        }
    }

    func feature(_ feature: Feature) -> String {
        switch feature {
        case .brandShort: "the brand, three days"
        case .brandLong: "the brand, two weeks"
        case .aspectShort: "the aspect, three days"
        case .aspectLong: "the aspect, two weeks"
        case .brandShortReached: "talk of the brand that reaches them, three days"
        case .brandLongReached: "talk of the brand that reaches them, two weeks"
        case .aspectShortReached: "talk of the aspect that reaches them, three days"
        case .aspectLongReached: "talk of the aspect that reaches them, two weeks"
        case .trend: "three days against two weeks"
        case .volume: "voices of the week"
        case .authors: "authors of the week"
        case .reach: "how near the talk is to them"
        case .taste: "how well the item suits them"
        case .brandShare: "share of the brand in what they buy"
        case .categoryShare: "share of the category in what they buy"
        case .priceDistance: "price against what they usually pay"
        case .tier: "tier"
        case .openCase: "open complaint"
        }
    }

    func group(_ group: Decision.Part.Group) -> String {
        switch group {
        case .base: "base rate"
        case .taste: "taste"
        case .price: "price"
        case .loyalty: "loyalty"
        case .case: "complaint"
        case .sentiment: "what people say"
        }
    }

    func reached(item: String, value: String, talk: String?) -> String {
        "gets \(item), worth \(value) EUR a contact after its cost" + clause(talk)
    }

    func careForCase(item: String) -> String {
        "has an open complaint: gets help (\(item)) and no sales talk"
    }

    func notWorth(talk: String?) -> String {
        "a contact would cost more than it brings" + clause(talk)
    }

    func otherCampaign(_ name: String, talk: String?) -> String {
        "gets “\(name)” instead, which is worth more" + clause(talk)
    }

    func openCase(instead: String?) -> String {
        "has an open complaint: no sales talk"
            + (instead.map { "; gets “\($0)” instead" } ?? "")
    }

    func stopped(brand: String, mood: String) -> String {
        "stopped for all while people speak so badly of \(brand) (\(mood) over three days)"
    }

    func rule(_ standing: AudienceStanding) -> String {
        switch standing {
        case .notBegun: "the campaign has not begun"
        case .over: "the campaign is over"
        case .control: "control group: held out, whatever people say"
        case .consent: "has not agreed to mail"
        case .cap: "was written to often enough"
        case .notForThem: "owns none of what it is for, or all that it offers"
        default: self.standing(standing)
        }
    }

    func talk(
        of brand: String, tone: Tone, mood: String, voices: Int, odds: String, isLess: Bool,
        isChange: Bool
    ) -> String {
        let people = voices == 1 ? "one voice" : "\(voices) voices"
        let how =
            switch tone {
            case .bad: "badly"
            case .cool: "coolly"
            case .kind: "kindly"
            }
        return "people speak \(how) of \(brand) (\(mood) over three days, \(people) in a week), "
            + "which \(isLess ? "lowers" : "raises") the odds of an answer by \(odds)"
            + (isChange ? " since then" : "")
    }

    func joined(_ reason: String, cause: String?) -> String {
        "came in: \(reason)" + because(cause)
    }

    func left(_ reason: String, cause: String?) -> String {
        "went out: \(reason)" + because(cause)
    }

    func asBefore(_ reason: String) -> String { "as before: \(reason)" }

    private func clause(_ talk: String?) -> String { talk.map { "; \($0)" } ?? "" }

    private func because(_ cause: String?) -> String {
        cause.map { "; what changed most: \($0)" } ?? ""
    }
}
