/// The few numbers that a text is summed up in beside its n-grams; each has a weight in `s` and
/// one in `u`.
///
/// Those with a span are multiplied by 0.5/√tokens (research note of this project: a sum that grows with the
/// text, damped), with at least `Column.fewest` tokens, so that one mark cannot decide a short
/// text alone.
enum Column: Int, CaseIterable, Sendable {
    /// Sums of positive and negative valences of the three lexicon columns, outside negation.
    case firstPositive, firstNegative
    case secondPositive, secondNegative
    case thirdPositive, thirdNegative
    /// Forms of positive and negative sum, outside negation.
    case positiveForms, negativeForms
    /// Sums of the valences inside negation, by the sign they have without it.
    case negatedPositive, negatedNegative
    /// Negators that turn no valence.
    case idleNegators
    case exclamations, questions, ellipses
    case links, names, tags, numbers
    /// 1 where no form carries valence.
    case bare
    /// 1 for a text of that kind, 0 for a social post, 1/3 where the kind is unknown.
    case review, news

    static let fewest = 6.0

    /// Whether it may move the log-odds.
    ///
    /// The last three have no span that could be their evidence:
    /// they enter `u` only, and without the factor.
    var isSpanned: Bool { rawValue < Column.bare.rawValue }
}

/// What a span adds to a column.
struct Signal: Sendable {
    /// Tokens of the span, `first <= last`.
    let first: Int32
    let last: Int32
    let column: Column
    let value: Float
}
