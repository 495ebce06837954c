package import EarshotDomain
import Foundation

/// Items for a customer, each score a sum of named parts.
///
/// Similarity to what the customer has, own frequency for what is bought again and again, and
/// popularity for those of whom nothing is known.
package struct Recommender: Sendable {
    private let neighbours: ItemNeighbours
    /// Names the day whose beginning it knows.
    package let version: String

    /// In days, from repeat purchases (the research note on customers, section 1.2).
    private static let habitHalfLife = 112.0
    /// Above any sum of similarities that few items give: what is bought again wins (chosen after
    /// section 1.2 of the note, where own frequency beats everything for repeats).
    private static let habitWeight = 0.5
    /// Below what one real neighbour gives: it decides only where nothing else does (chosen).
    private static let popularWeight = 0.02

    package init(_ neighbours: ItemNeighbours, version: String) {
        self.neighbours = neighbours
        self.version = version
    }

    /// - Parameter history: empty for customers who do not allow that theirs is used.
    package func recommendation(
        of item: String, for history: PurchaseHistory, at moment: Timestamp
    ) -> Recommendation {
        var parts: [Recommendation.Part] = []
        let weights = Dictionary(
            uniqueKeysWithValues: history.lines.map { ($0.item, $0.weight) })
        for neighbour in neighbours.neighbours(of: item) {
            guard let weight = weights[neighbour.item], weight > 0 else { continue }
            parts.append(
                Recommendation.Part(
                    kind: .similar(item: neighbour.item), value: weight * neighbour.similarity))
        }
        if let line = history.line(item), line.kept >= 2 {
            parts.append(
                Recommendation.Part(
                    kind: .habit(purchases: line.kept), value: Self.habit(line, at: moment)))
        }
        let share = neighbours.popularity(of: item)
        parts.append(
            Recommendation.Part(
                kind: .popular(share: share), value: Self.popularWeight * share))
        // A stable sort: equal parts keep the order of their neighbours.
        return Recommendation(item: item, parts: parts.sorted { $1.value < $0.value })
    }

    /// The mean of the customer's scores over so many items, those unheard of among them.
    ///
    /// - Parameter count: at least 1.
    func meanScore(over count: Int, for history: PurchaseHistory, at moment: Timestamp) -> Double {
        let sum = history.lines.reduce(Self.popularWeight * neighbours.popularitySum) { sum, line in
            sum + line.weight * neighbours.pull(of: line.item)
                + (line.kept >= 2 ? Self.habit(line, at: moment) : 0)
        }
        return sum / Double(count)
    }

    private static func habit(_ line: PurchaseHistory.Line, at moment: Timestamp) -> Double {
        let frequency = line.purchases.reduce(0) { sum, at in
            sum + exp2(-Double((moment - at).milliseconds) / 86_400_000 / habitHalfLife)
        }
        return habitWeight * log1p(frequency)
    }

    /// The best first, ties by key; without what the customer has and has not bought again.
    package func recommendations(
        of items: [String], for history: PurchaseHistory, at moment: Timestamp
    ) -> [Recommendation] {
        items.filter { Self.isOpen($0, history) }
            .map { recommendation(of: $0, for: history, at: moment) }
            .sorted { ($1.score, $0.item) < ($0.score, $1.item) }
    }

    /// Whether it may be offered: never had, or bought again and again.
    static func isOpen(_ item: String, _ history: PurchaseHistory) -> Bool {
        guard let line = history.line(item) else { return true }
        return line.kept != 1
    }
}
