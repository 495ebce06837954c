/// Room that scoring needs and keeps from one text to the next; one for each thread.
package struct ScoringScratch: Sendable {
    var tokens: [Token] = []
    var signals: [Signal] = []
    /// Whether no form of the lexicon with a valence was met.
    var isBare = true
    /// Per token: whether a negator stands before it in its clause, near enough.
    var isNegated: [Bool] = []
    /// Per token: clause number, from 0.
    var clauses: [Int32] = []
    /// Token ranges that explain as one: lexicon phrases, a negator with what it turns.
    var groups: [(first: Int32, last: Int32)] = []
    var units: [Unit] = []
    var grams = GramSet()
    /// Per token: what it adds to ln(P(+)/P(−)) and to the neutrality score.
    var polarity: [Double] = []
    var neutrality: [Double] = []
    /// What enters the neutrality score without a token: bias and indicators.
    var neutralityBase = 0.0

    package init() {}
}

/// What n-grams are made of: a token, or a phrase of the lexicon.
struct Unit: Sendable {
    let first: Int32
    let last: Int32
    let hash: UInt64
    let isNegated: Bool
    /// A negated form with a valence: its plain unigram would say the opposite of what is meant.
    let isTurned: Bool
}
