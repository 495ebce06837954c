/// How often each true class was answered by each class.
package struct ConfusionTable: Hashable, Sendable {
    package let classes: Int
    /// Rows with true class `t` and answer `a`, at `t * classes + a`.
    private var counts: [Int]

    package init(classes: Int) {
        precondition(classes > 0, "a table needs a class")
        self.classes = classes
        counts = Array(repeating: 0, count: classes * classes)
    }

    /// Counts one row; classes are in `0..<classes`.
    package mutating func record(truth: Int, answer: Int) {
        counts[truth * classes + answer] += 1
    }

    package var total: Int { counts.reduce(0, +) }

    package func count(truth: Int, answer: Int) -> Int { counts[truth * classes + answer] }

    package func count(truth: Int) -> Int {
        counts[truth * classes..<(truth + 1) * classes].reduce(0, +)
    }

    package func count(answer: Int) -> Int {
        (0..<classes).reduce(0) { $0 + counts[$1 * classes + answer] }
    }

    /// Share of rows answered right; 0 without rows.
    package var accuracy: Double {
        let right = (0..<classes).reduce(0) { $0 + count(truth: $1, answer: $1) }
        return total > 0 ? Double(right) / Double(total) : 0
    }

    /// Mean recall over the classes that have rows; 0 without rows.
    package var macroRecall: Double {
        mean { table, k in Double(table.count(truth: k, answer: k)) / Double(table.count(truth: k))
        }
    }

    /// Mean F1 over the classes that have rows; 0 without rows.
    package var macroF1: Double {
        mean { table, k in
            let hits = 2 * table.count(truth: k, answer: k)
            return Double(hits) / Double(table.count(truth: k) + table.count(answer: k))
        }
    }

    private func mean(of measure: (ConfusionTable, Int) -> Double) -> Double {
        let present = (0..<classes).filter { count(truth: $0) > 0 }
        guard !present.isEmpty else { return 0 }
        return present.reduce(0) { $0 + measure(self, $1) } / Double(present.count)
    }
}
