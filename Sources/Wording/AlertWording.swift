package import EarshotDomain
import Foundation

/// What happened to an alert, in the words of one language; mail, chat, page and terminal say the
/// same.
package struct AlertWording: Sendable {
    package let event: AlertEvent
    package let language: ReaderLanguage
    private let brand: Brand
    let words: any AlertPhrases

    package init(_ event: AlertEvent, of brand: Brand, language: ReaderLanguage) {
        self.event = event
        self.brand = brand
        self.language = language
        words =
            switch language {
            case .en: EnglishAlertPhrases()
            case .zh: ChineseAlertPhrases()
            }
    }

    private var numerals: Numerals { language.numerals }
    private var reading: SpikeReading { event.facts.reading }

    /// What happened, in one sentence.
    package var headline: String {
        let name = brand.name(in: language.rawValue)
        return switch event.kind {
        case .opened: words.opened(name, topic: topic)
        case .updated: words.updated(name, topic: topic)
        case .resolved: words.resolved(name)
        }
    }

    /// How much, against the usual.
    package var counts: String {
        let share =
            reading.stories == 0 ? 0 : Double(reading.negatives) / Double(reading.stories)
        return words.counts(
            AlertCounts(
                negatives: count(reading.negatives), hours: count(reading.hours),
                usualNegatives: Count(
                    value: reading.expectedNegatives,
                    text: numerals.usual(reading.expectedNegatives)),
                stories: count(reading.stories), share: numerals.percent(share),
                usualShare: numerals.percent(reading.usualShare),
                authors: count(reading.authors)))
    }

    /// How unusual that is; the evidence in nats as factors.
    package var evidence: String {
        words.evidence(
            share: words.odds(Self.factor(reading.shareEvidence)),
            both: words.odds(Self.factor(reading.shareEvidence + reading.volumeEvidence)))
    }

    /// The excess as the effects of volume and share; what is shown adds up.
    package var effects: String {
        let all = Self.tenths(reading.excessThousandths)
        let volume = Self.tenths(reading.volumeThousandths)
        return words.effects(
            excess: text(tenths: all), volume: text(tenths: volume),
            share: text(tenths: all - volume))
    }

    /// The aspect that holds at least half of the excess; chosen: less is not what it is about.
    package var topic: String? {
        let parts = event.facts.aspects.parts
        guard let first = parts.first, !first.key.isEmpty, first.negative > 1,
            2 * first.excessThousandths >= reading.excessThousandths,
            reading.excessThousandths > 0
        else { return nil }
        return language.name(first.names)
    }

    /// Tenths of a story, signed.
    package func text(tenths: Int) -> String {
        numerals.decimal(Double(tenths) / 10, places: 1, signed: true)
    }

    static func tenths(_ thousandths: Int) -> Int {
        Int((Double(thousandths) / 100).rounded())
    }

    private static func factor(_ nats: Double) -> Double {
        exp(min(max(0, nats), 20))
    }

    private func count(_ value: Int) -> Count {
        Count(value: Double(value), text: numerals.integer(value))
    }
}
