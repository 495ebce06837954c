/// Minimises a smooth function by limited-memory BFGS (Nocedal & Wright 2006, algorithm 7.4).
///
/// The step is found by bisection on the weak Wolfe conditions (Lewis & Overton 2013, algorithm
/// 2.6). Every sum runs in index order, so the same input gives the same bits.
package struct QuasiNewton: Sendable {
    /// Pairs of steps and gradient changes that stand for the curvature; 10 is the book's advice.
    private static let memory = 10
    /// Armijo's and Wolfe's constants, as in Nocedal & Wright, section 3.1.
    private static let decrease = 1e-4
    private static let curvature = 0.9

    /// Ends the search after so many steps.
    package var steps: Int
    /// Ends it where no gradient entry is larger.
    package var tolerance: Double

    package init(steps: Int, tolerance: Double) {
        self.steps = steps
        self.tolerance = tolerance
    }

    /// The best point found from `start`.
    ///
    /// - Parameters:
    ///   - curvature: about the second derivative by each variable, positive; 1 where absent. It
    ///     stands for the Hessian where no steps tell more, and saves steps where the variables
    ///     differ in scale.
    ///   - function: writes the gradient at a point and returns the value there; the gradient
    ///     comes zeroed.
    package func minimum(
        from start: [Double], curvature: [Double]? = nil,
        of function: (_ point: [Double], _ gradient: inout [Double]) -> Double
    ) -> [Double] {
        let inverse = curvature?.map { 1 / $0 }
        var point = start
        var gradient = Array(repeating: 0.0, count: start.count)
        var value = function(point, &gradient)
        var pairs: [Pair] = []
        for _ in 0..<steps {
            guard gradient.contains(where: { abs($0) > tolerance }) else { break }
            var direction = Self.direction(gradient, pairs, inverse)
            if !(dot(direction, gradient) < 0) {
                pairs = []
                direction = Self.direction(gradient, pairs, inverse)
            }
            // Without any curvature to go by, the first step is of length 1 at most.
            let isBlind = pairs.isEmpty && inverse == nil
            let length = isBlind ? 1 / max(1, dot(gradient, gradient).squareRoot()) : 1
            guard
                let next = search(
                    point, value, gradient, direction, firstStep: length, function)
            else { break }
            let move = zip(next.point, point).map { $0 - $1 }
            let change = zip(next.gradient, gradient).map { $0 - $1 }
            let product = dot(move, change)
            if product > 1e-300 {
                pairs.append(Pair(move: move, change: change, product: product))
                if pairs.count > Self.memory { pairs.removeFirst() }
            }
            (point, value, gradient) = (next.point, next.value, next.gradient)
        }
        return point
    }

    private struct Pair {
        let move: [Double]
        let change: [Double]
        let product: Double
    }

    private struct Place {
        let point: [Double]
        let value: Double
        let gradient: [Double]
    }

    /// −H·g by the two-loop recursion.
    private static func direction(
        _ gradient: [Double], _ pairs: [Pair], _ inverse: [Double]?
    ) -> [Double] {
        var q = gradient
        var shares: [Double] = []
        for pair in pairs.reversed() {
            let share = dot(pair.move, q) / pair.product
            shares.append(share)
            for k in q.indices { q[k] -= share * pair.change[k] }
        }
        if let inverse {
            for k in q.indices { q[k] *= inverse[k] }
        }
        if let last = pairs.last {
            let change = last.change
            let length = inverse.map { inverse in
                change.indices.reduce(0) { $0 + change[$1] * change[$1] * inverse[$1] }
            }
            let scale = last.product / (length ?? dot(change, change))
            for k in q.indices { q[k] *= scale }
        }
        for (pair, share) in zip(pairs, shares.reversed()) {
            let back = dot(pair.change, q) / pair.product
            for k in q.indices { q[k] += (share - back) * pair.move[k] }
        }
        return q.map { -$0 }
    }

    private func search(
        _ point: [Double], _ value: Double, _ gradient: [Double], _ direction: [Double],
        firstStep: Double, _ function: ([Double], inout [Double]) -> Double
    ) -> Place? {
        let slope = dot(direction, gradient)
        var low = 0.0
        var high = Double.infinity
        var step = firstStep
        // 40 halvings reach the last bit of a step that matters.
        for _ in 0..<40 {
            let trial = zip(point, direction).map { $0 + step * $1 }
            var slopes = Array(repeating: 0.0, count: point.count)
            let height = function(trial, &slopes)
            if !(height <= value + Self.decrease * step * slope) {
                high = step
            } else if dot(direction, slopes) < Self.curvature * slope {
                low = step
            } else {
                return Place(point: trial, value: height, gradient: slopes)
            }
            step = high.isInfinite ? 2 * low : (low + high) / 2
        }
        return nil
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for k in a.indices { sum += a[k] * b[k] }
    return sum
}
