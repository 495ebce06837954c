/// Pearson's product-moment correlation, gathered row by row (Welford's updates, which do not
/// cancel where the mean is far from 0).
package struct Correlation: Hashable, Sendable {
    private var rows = 0.0
    private var meanX = 0.0
    private var meanY = 0.0
    private var squaresX = 0.0
    private var squaresY = 0.0
    private var products = 0.0

    package init() {}

    package mutating func record(_ x: Double, _ y: Double) {
        rows += 1
        let dx = x - meanX
        let dy = y - meanY
        meanX += dx / rows
        meanY += dy / rows
        squaresX += dx * (x - meanX)
        squaresY += dy * (y - meanY)
        products += dx * (y - meanY)
    }

    /// In −1…1; 0 where either side does not vary.
    package var value: Double {
        let spread = (squaresX * squaresY).squareRoot()
        return spread > 0 ? min(1, max(-1, products / spread)) : 0
    }
}
