/// One row of the table: what is measured, against what, and what is asked of it.
///
/// A goal of a later issue is one more value of this type in the list of its stage.
struct Benchmark {
    /// How a row's two measurements become its ratio.
    enum Unit {
        /// Seconds over so many bytes, shown as MB/s; the ratio says how many times the floor's
        /// time ours is.
        case throughput(bytes: Int)
        /// Seconds over so many pieces of work, shown per second; the ratio says how many times
        /// the floor's rate ours is.
        case rate(count: Int)
        /// MiB; the ratio is the figure itself.
        case memory
    }

    enum Bound {
        case atMost(Double), atLeast(Double)

        func holds(_ ratio: Double) -> Bool {
            switch self {
            case .atMost(let most): ratio <= most
            case .atLeast(let least): ratio >= least
            }
        }
    }

    /// Number of the goal in its research note, such as `F5`.
    let goal: String
    let what: String
    let unit: Unit
    /// Absent for a row that only tells how fast a floor is.
    let must: Bound?
    /// What a person runs to see our figure again.
    let command: String
    /// Seconds or MiB of one run.
    let ours: () throws -> Double
    /// Seconds of one run of the floor, timed right after ours; absent for `memory`.
    let floor: (() throws -> Double)?

    /// The row measured: the round with the median ratio.
    func measured(rounds: Int) throws -> Measurement {
        var measurements: [Measurement] = []
        for _ in 0..<rounds {
            let ours = try ours()
            let floor = try floor?()
            let ratio =
                switch (unit, floor) {
                case (.throughput, let floor?): ours / floor
                case (.rate, let floor?): floor / ours
                case (_, nil), (.memory, _): ours
                }
            measurements.append(
                Measurement(benchmark: self, ours: ours, floor: floor, ratio: ratio))
        }
        measurements.sort { $0.ratio < $1.ratio }
        return measurements[measurements.count / 2]
    }
}

/// A row of the table with its figures.
struct Measurement {
    let benchmark: Benchmark
    let ours: Double
    let floor: Double?
    let ratio: Double

    var isMet: Bool { benchmark.must?.holds(ratio) ?? true }
}
