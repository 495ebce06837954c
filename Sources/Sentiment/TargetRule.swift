import Foundation

/// What a token counts towards a target: all of it near by, less with distance and across clauses.
///
/// The form is that of the project's research note (row "exp(−d/8) per token, 0.35 outside the
/// clause"), blended with the whole text; the weights stay spans times factors, so they add up.
struct TargetRule {
    /// Tokens over which a weight falls to 1/e.
    private static let range = 8.0
    /// Factor of tokens in another clause than the target.
    private static let elsewhere = 0.35
    /// What near tokens are raised by, for the far ones that are lost; chosen on target-mams and
    /// target-twitter.
    private static let gain = 1.2

    /// Part of a token's factor that distance governs; the rest is the whole text's share.
    ///
    /// Chosen: English sentences often hold opposite views of several targets (target-mams), Chinese
    /// reviews of one target mostly speak of it throughout (zh-target-shampoo).
    private let nearness: Double

    init(language: String) {
        nearness = language == "zh" ? 0.3 : 0.8
    }

    /// One factor a token; absent where no token stands in `target`.
    func factors(of target: Range<Int>, _ scratch: ScoringScratch) -> [Double]? {
        let tokens = scratch.tokens
        func stands(_ token: Token) -> Bool {
            Int(token.end) > target.lowerBound && Int(token.start) < target.upperBound
        }
        guard let first = tokens.firstIndex(where: stands),
            let last = tokens.lastIndex(where: stands)
        else { return nil }
        let clauses = scratch.clauses[first]...scratch.clauses[last]
        return tokens.indices.map { k in
            let distance = Double(k < first ? first - k : max(0, k - last))
            let place = clauses.contains(scratch.clauses[k]) ? 1 : Self.elsewhere
            let near = Self.gain * exp(-distance / Self.range) * place
            return nearness * near + 1 - nearness
        }
    }
}
