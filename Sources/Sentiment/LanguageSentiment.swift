/// A lexicon and the weights trained with it: what scores one language.
package struct LanguageSentiment: Sendable {
    let lexicon: Lexicon
    let model: SentimentModel

    /// Puts a model beside its word tables, in the order in which it was trained with them.
    package init(
        tables: [UnsafeRawBufferPointer], model: UnsafeRawBufferPointer
    ) throws(SentimentModelError) {
        let read = try SentimentModel(file: model)
        lexicon = Lexicon(
            tables: tables, bracketsName: SentimentModel.bracketsName(in: read.language))
        self.model = read
    }

    /// Language and fingerprint of the weights; that of the word tables too where they are not
    /// those it was trained with.
    var name: String {
        let weights = "\(model.language)-\(hex(model.fingerprint))"
        return lexicon.fingerprint == model.lexiconFingerprint
            ? weights : weights + "+" + hex(lexicon.fingerprint)
    }

    private func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
