import EarshotDomain

/// Which items go together, told from who bought and viewed what.
///
/// The item kNN of the research note on customers, section 2: with x_ui the weight of an item in a
/// history over the square root of the number of its items, so that those who buy everything say
/// little, s_ij = x_i·x_j / (|x_i||x_j| + h), and the k most similar for each item.
package struct ItemNeighbours: Sendable {
    package struct Neighbour: Hashable, Sendable {
        package let item: String
        /// In 0…1.
        package let similarity: Double
    }

    /// h keeps pairs that few have seen small (0…20, the note; 10 chosen); k is the note's.
    package static let damping = 10.0
    package static let limit = 200

    /// The most similar first.
    private let neighbours: [String: [Neighbour]]
    /// Share of customers who have the item in their history.
    private let popularity: [String: Double]
    let popularitySum: Double
    /// Sum of an item's similarities to those that have it among their neighbours.
    private let pulls: [String: Double]

    /// - Parameter histories: of all customers, in one order: sums run in it.
    package init(
        _ histories: [PurchaseHistory], damping: Double = damping, limit: Int = limit
    ) {
        let rows = histories.map { $0.lines.filter { $0.weight > 0 } }.filter { !$0.isEmpty }
        let items = Set(rows.flatMap { $0.map(\.item) }).sorted()
        let places = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0) })
        var dots = [[Int: Double]](repeating: [:], count: items.count)
        var squares = [Double](repeating: 0, count: items.count)
        var counts = [Int](repeating: 0, count: items.count)
        for row in rows {
            let damped = 1 / Double(row.count).squareRoot()
            let cells = row.compactMap { line in
                places[line.item].map { (place: $0, value: line.weight * damped) }
            }
            for (index, cell) in cells.enumerated() {
                squares[cell.place] += cell.value * cell.value
                counts[cell.place] += 1
                for other in cells[(index + 1)...] {
                    dots[cell.place][other.place, default: 0] += cell.value * other.value
                    dots[other.place][cell.place, default: 0] += cell.value * other.value
                }
            }
        }
        var neighbours: [String: [Neighbour]] = [:]
        var popularity: [String: Double] = [:]
        for (place, item) in items.enumerated() {
            popularity[item] = Double(counts[place]) / Double(rows.count)
            let all = dots[place].map { other, dot in
                let norms = squares[place].squareRoot() * squares[other].squareRoot()
                return Neighbour(item: items[other], similarity: dot / (norms + damping))
            }
            neighbours[item] = Array(
                all.sorted { ($1.similarity, $0.item) < ($0.similarity, $1.item) }.prefix(limit))
        }
        var pulls: [String: Double] = [:]
        for neighbour in items.flatMap({ neighbours[$0] ?? [] }) {
            pulls[neighbour.item, default: 0] += neighbour.similarity
        }
        self.pulls = pulls
        self.neighbours = neighbours
        self.popularity = popularity
        popularitySum = items.reduce(0) { $0 + (popularity[$1] ?? 0) }
    }

    /// The most similar first.
    package func neighbours(of item: String) -> [Neighbour] { neighbours[item] ?? [] }

    func pull(of item: String) -> Double { pulls[item] ?? 0 }

    /// In 0…1.
    package func popularity(of item: String) -> Double { popularity[item] ?? 0 }
}
