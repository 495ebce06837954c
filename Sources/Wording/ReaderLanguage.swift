/// A language that Earshot writes.
package enum ReaderLanguage: String, Hashable, Sendable, Codable, CaseIterable {
    case en, zh

    package var phrases: any Phrases {
        switch self {
        case .en: EnglishPhrases()
        case .zh: ChinesePhrases()
        }
    }

    package var numerals: Numerals { Numerals(language: self) }

    /// A name that a config gives by language tag.
    func name(_ names: [String: String]) -> String {
        names[rawValue] ?? names["en"] ?? ""
    }
}
