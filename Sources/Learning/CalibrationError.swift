/// Expected calibration error of the likeliest class.
///
/// The mean gap between confidence and hit rate over bins of equal width, weighted by rows (Guo et
/// al. 2017, arXiv:1706.04599, equation 3).
package struct CalibrationError: Hashable, Sendable {
    private struct Bin: Hashable, Sendable {
        var confidence = 0.0
        var hits = 0
    }

    /// 15 bins, as in the paper.
    private var bins = Array(repeating: Bin(), count: 15)
    private var rows = 0

    package init() {}

    /// Counts one answer given with `confidence`, clamped to 0…1; not a number counts as 0.
    package mutating func record(confidence: Double, isRight: Bool) {
        let bounded = confidence > 0 ? min(confidence, 1) : 0
        let index = min(bins.count - 1, Int(bounded * Double(bins.count)))
        bins[index].confidence += bounded
        bins[index].hits += isRight ? 1 : 0
        rows += 1
    }

    /// In 0…1; 0 without rows.
    package var value: Double {
        guard rows > 0 else { return 0 }
        return bins.reduce(0) { $0 + abs($1.confidence - Double($1.hits)) } / Double(rows)
    }
}
