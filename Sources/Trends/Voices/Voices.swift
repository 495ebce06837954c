package import EarshotDomain

/// How people speak of each brand and aspect, as known at any moment.
///
/// One story one vote, one author one vote per brand and day (UTC), both in the order of knowing:
/// the first known mention holds the vote, for the brand and for each topic that it names. A later
/// report of that mention takes its old vote back and gives the new one, at its own moment. What
/// is learned later moves no answer for a moment before (the research note on customers, section
/// 3). An answer costs O(log n) and a week's rows.
package struct Voices: Sendable {
    private struct Subject: Hashable {
        let brand: Identifier<Brand>
        let topic: String?
    }

    private struct Day: Hashable {
        let brand: Identifier<Brand>
        let author: String
        let day: Int64
    }

    private struct Held {
        let vote: Double
        let topics: [String]
    }

    private var series: [Subject: VoiceSeries] = [:]
    private var authors: [Identifier<Brand>: [String: Timestamp]] = [:]

    /// - Parameter reports: in any order.
    package init(_ reports: [VoiceReport]) {
        var told: Set<Identifier<Story>> = []
        var heard: Set<Day> = []
        var seen: Set<Identifier<Mention>> = []
        var held: [Identifier<Mention>: Held] = [:]
        let ordered = reports.sorted { ($0.knownAt, $0.mention) < ($1.knownAt, $1.mention) }
        for report in ordered {
            let isFirst = seen.insert(report.mention).inserted
            if let author = report.author {
                let first = authors[report.brand]?[author]
                authors[report.brand, default: [:]][author] = first ?? report.knownAt
            }
            let author = report.author ?? "mention \(report.mention.rawValue)"
            if let old = held[report.mention] {
                guard old.vote != report.vote || old.topics != report.topics else { continue }
                add(report, author: author, weight: -1, old)
            } else {
                guard isFirst else { continue }
                let isNewStory = told.insert(report.story).inserted
                let isNewVoice =
                    heard.insert(
                        Day(
                            brand: report.brand, author: author,
                            day: report.eventAt.milliseconds.flooredDay)
                    ).inserted
                guard isNewStory, isNewVoice else { continue }
            }
            let new = Held(vote: report.vote, topics: report.topics)
            held[report.mention] = new
            add(report, author: author, weight: 1, new)
        }
    }

    private mutating func add(
        _ report: VoiceReport, author: String, weight: Double, _ held: Held
    ) {
        for topic in [nil] + held.topics.map(Optional.some) {
            series[Subject(brand: report.brand, topic: topic), default: VoiceSeries()]
                .append(report, author: author, weight: weight, vote: held.vote)
        }
    }

    /// - Parameter topic: key of a product or aspect; absent for the brand as a whole.
    package func mood(
        of brand: Identifier<Brand>, topic: String?, at moment: Timestamp
    ) -> BrandMood {
        series[Subject(brand: brand, topic: topic)]?.mood(at: moment) ?? .silent
    }

    /// Whether a mention of the brand by this author was known at `moment`.
    package func hasSpoken(
        _ author: String, of brand: Identifier<Brand>, by moment: Timestamp
    ) -> Bool {
        authors[brand]?[author].map { $0 <= moment } ?? false
    }
}

extension Int64 {
    /// Days of 86,400,000 ms, floored.
    fileprivate var flooredDay: Int64 {
        let quotient = self / 86_400_000
        return self % 86_400_000 < 0 ? quotient - 1 : quotient
    }
}
