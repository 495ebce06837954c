import EarshotDomain
import Foundation

/// The votes on one brand, or one aspect of it, in the order in which they became known.
///
/// Each row keeps the decayed sums W = Σ w·2^−(k−e)/h and S = Σ w·s·2^−(k−e)/h for each half-life
/// h, as of its own moment k; e is the moment of the vote's event. They are those of the research
/// note on customers, section 3, rebased at every row, so that no power grows. The state at t is
/// the last row with k <= t, decayed by 2^−(t−k)/h: a row that comes later changes none before it.
struct VoiceSeries: Sendable {
    struct Row: Sendable {
        let knownAt: Timestamp
        let eventAt: Timestamp
        let mention: Identifier<Mention>
        let author: String
        /// −1 takes back what the mention said before.
        let weight: Double
        let vote: Double
        /// By half-life: `VoiceSeries.halfLives`.
        let weights: [Double]
        let sums: [Double]
    }

    /// In days: one for the news of the week, one for what stays (the note, sections 0 and 3).
    static let halfLives = [3.0, 14.0]
    /// How many voices the prior is worth (chosen, the note, section 3).
    private static let priorWeight = 3.0
    private static let week = Duration.days(7)

    private(set) var rows: [Row] = []

    /// Adds a vote that became known no earlier than all before.
    mutating func append(_ report: VoiceReport, author: String, weight: Double, vote: Double) {
        let last = rows.last
        let age = Self.days(report.knownAt - report.eventAt)
        var weights: [Double] = []
        var sums: [Double] = []
        for (place, halfLife) in Self.halfLives.enumerated() {
            let fade = last.map { Self.fade($0, to: report.knownAt, halfLife) } ?? 1
            // A day is as far into the future as an entry may claim to be.
            let share = weight * exp2(-max(-1, age) / halfLife)
            weights.append((last?.weights[place] ?? 0) * fade + share)
            sums.append((last?.sums[place] ?? 0) * fade + share * vote)
        }
        rows.append(
            Row(
                knownAt: report.knownAt, eventAt: report.eventAt, mention: report.mention,
                author: author, weight: weight, vote: vote, weights: weights, sums: sums))
    }

    func mood(at moment: Timestamp) -> BrandMood {
        let end = count(knownBy: moment)
        guard end > 0 else { return .silent }
        let last = rows[end - 1]
        let means = Self.halfLives.indices.map { place in
            let fade = Self.fade(last, to: moment, Self.halfLives[place])
            return (last.sums[place] * fade + Self.priorWeight * BrandMood.prior)
                / (last.weights[place] * fade + Self.priorWeight)
        }
        let recent = rows[count(knownBy: moment - Self.week)..<end]
        let voices = Set(recent.map(\.mention))
        return BrandMood(
            short: means[0], long: means[1], voices: voices.count,
            authors: Set(recent.map(\.author)).count,
            evidence: evidence(in: recent, at: moment, mean: means[0]))
    }

    /// The mentions that pull the short mean away from the prior most, by what is known of them.
    private func evidence(
        in recent: ArraySlice<Row>, at moment: Timestamp, mean: Double
    ) -> [Identifier<Mention>] {
        var seen: Set<Identifier<Mention>> = []
        var pulls: [(mention: Identifier<Mention>, pull: Double)] = []
        let direction = mean < BrandMood.prior ? -1.0 : 1.0
        for row in recent.reversed() where seen.insert(row.mention).inserted {
            guard row.weight > 0 else { continue }
            let age = max(0, Self.days(moment - row.eventAt))
            let pull = direction * (row.vote - BrandMood.prior) * exp2(-age / Self.halfLives[0])
            if pull > 0 { pulls.append((row.mention, pull)) }
        }
        return
            pulls
            .sorted { ($1.pull, $0.mention) < ($0.pull, $1.mention) }
            .prefix(3).map(\.mention).sorted()
    }

    /// Rows with `knownAt <= moment`, by binary search.
    private func count(knownBy moment: Timestamp) -> Int {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].knownAt <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func fade(_ row: Row, to moment: Timestamp, _ halfLife: Double) -> Double {
        exp2(-days(moment - row.knownAt) / halfLife)
    }

    private static func days(_ span: Duration) -> Double {
        Double(span.milliseconds) / 86_400_000
    }
}
