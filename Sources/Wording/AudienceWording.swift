package import EarshotDomain
import Foundation

/// Why a customer is in a campaign's audience, or is not: facts, named as a reader names them.
package struct AudienceReason: Hashable, Sendable {
    package let standing: AudienceStanding
    package let rule: Decision.Rule
    package let brand: String
    /// Title of the item that goes out; absent where none does.
    package let item: String?
    /// Name of the campaign that goes out in place of this one; absent where none does.
    package let other: String?
    /// What a contact is expected to bring after its cost, in euros; absent where none was weighed.
    package let value: Double?
    /// Of the brand, with what sentiment adds to the log-odds, in nats; absent likewise.
    package let mood: BrandMood?
    package let sentiment: Double
    /// What moved the log-odds most since the audience that this one is held against.
    package let cause: Decision.Part.Group?
    /// By how much, in nats; 0 without a cause.
    package let shift: Double

    package init(
        standing: AudienceStanding, rule: Decision.Rule, brand: String, item: String?,
        other: String?, value: Double?, mood: BrandMood?, sentiment: Double,
        cause: Decision.Part.Group?, shift: Double
    ) {
        self.standing = standing
        self.rule = rule
        self.brand = brand
        self.item = item
        self.other = other
        self.value = value
        self.mood = mood
        self.sentiment = sentiment
        self.cause = cause
        self.shift = shift
    }
}

/// Audiences in words.
package struct AudienceWording: Sendable {
    private let phrases: any AudiencePhrases
    private let numerals: Numerals

    /// Sentiment that shifts the odds by less than a fifth is not worth a clause (chosen).
    private static let telling = 0.2

    package init(language: ReaderLanguage) {
        phrases =
            switch language {
            case .en: EnglishAudience()
            case .zh: ChineseAudience()
            }
        numerals = language.numerals
    }

    /// Title of what an alert did to audiences.
    package var whatItChanged: String {
        switch numerals.language {
        case .en: "What it changed"
        case .zh: "它改变了什么"
        }
    }

    package func standing(_ standing: AudienceStanding) -> String {
        phrases.standing(standing)
    }

    package func feature(_ feature: Feature) -> String { phrases.feature(feature) }

    package func group(_ group: Decision.Part.Group) -> String { phrases.group(group) }

    /// One sentence without a full stop.
    package func reason(_ reason: AudienceReason) -> String {
        let isWeighed = reason.rule == .worth || reason.rule == .notWorth
        let isTelling =
            isWeighed && (abs(reason.sentiment) >= Self.telling || reason.cause == .sentiment)
        let talk = isTelling ? reason.mood.map { self.talk($0, reason) } : nil
        switch reason.standing {
        case .reached where reason.rule == .openCase:
            return phrases.careForCase(item: reason.item ?? "")
        case .reached:
            let value = numerals.decimal(reason.value ?? 0, places: 2)
            return phrases.reached(item: reason.item ?? "", value: value, talk: talk)
        case .notWorth: return phrases.notWorth(talk: talk)
        case .otherCampaign:
            return phrases.otherCampaign(reason.other ?? "", talk: talk)
        case .openCase: return phrases.openCase(instead: reason.other)
        case .stopped:
            let mood = numerals.decimal(reason.mood?.short ?? 0, places: 2, signed: true)
            return phrases.stopped(brand: reason.brand, mood: mood)
        case .notBegun, .over, .control, .consent, .cap, .notForThem:
            return phrases.rule(reason.standing)
        }
    }

    /// The same of a customer against an earlier moment.
    ///
    /// - Parameter before: absent where the customer was not known then.
    package func change(from before: AudienceStanding?, _ reason: AudienceReason) -> String {
        let now = self.reason(reason)
        let wasIn = before == .reached
        let isIn = reason.standing == .reached
        if wasIn == isIn { return before == reason.standing ? phrases.asBefore(now) : now }
        // Where talk did it, the reason says so already.
        let cause = reason.cause.flatMap { $0 == .sentiment ? nil : phrases.group($0) }
        return isIn ? phrases.joined(now, cause: cause) : phrases.left(now, cause: cause)
    }

    private func talk(_ mood: BrandMood, _ reason: AudienceReason) -> String {
        let isChange = reason.cause == .sentiment
        let shift = isChange ? reason.shift : reason.sentiment
        return phrases.talk(
            of: reason.brand, tone: Tone(mood),
            mood: numerals.decimal(mood.short, places: 2, signed: true), voices: mood.voices,
            odds: numerals.percent(abs(exp(shift) - 1)), isLess: shift < 0, isChange: isChange)
    }
}

/// How people speak of a brand, over three days.
enum Tone: Sendable {
    /// More blame than praise; less praise than usual; as usual or better.
    case bad, cool, kind

    init(_ mood: BrandMood) {
        self = mood.short < 0 ? .bad : mood.short < BrandMood.prior ? .cool : .kind
    }
}

/// The sentences of one language; numbers come in worded.
protocol AudiencePhrases: Sendable {
    func standing(_ standing: AudienceStanding) -> String
    func feature(_ feature: Feature) -> String
    func group(_ group: Decision.Part.Group) -> String
    func reached(item: String, value: String, talk: String?) -> String
    func careForCase(item: String) -> String
    func notWorth(talk: String?) -> String
    func otherCampaign(_ name: String, talk: String?) -> String
    func openCase(instead: String?) -> String
    func stopped(brand: String, mood: String) -> String
    /// Of a standing that needs no number.
    func rule(_ standing: AudienceStanding) -> String
    /// - Parameters:
    ///   - odds: by how much those of an answer change.
    ///   - isChange: whether that is against the earlier moment.
    func talk(
        of brand: String, tone: Tone, mood: String, voices: Int, odds: String, isLess: Bool,
        isChange: Bool
    ) -> String
    func joined(_ reason: String, cause: String?) -> String
    func left(_ reason: String, cause: String?) -> String
    func asBefore(_ reason: String) -> String
}
