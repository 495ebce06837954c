package import EarshotDomain
import Foundation

/// A story as known at a moment.
package struct StoryVoice: Hashable, Sendable {
    package let id: Identifier<Story>
    package let brand: Identifier<Brand>
    /// By time of event, then id; at least one.
    package let members: [TrendMention]
    /// Prior-corrected.
    package let probabilities: Sentiment.Probabilities
    /// The likeliest; neutral where two are even.
    package let label: Sentiment.Label

    /// It counts when and where its first mention appeared.
    package let first: TrendMention
}

/// The stories of brands as known at a moment, with labels fit for counting.
///
/// The models score for even priors, which shows a brand with few negatives too dark. Each story's
/// mean probabilities are therefore multiplied by the brand's own shares π: one step of the EM
/// algorithm of Saerens, Latinne and Decaestecker (2002, Neural Computation 14:21), from even
/// priors, over all its stories before a given moment, shrunk with the weight of 40 stories to
/// what is usual elsewhere. One step lies between no correction and the full one.
package struct KnownStories: Sendable {
    /// By time of event of their first mention, then id.
    package let stories: [StoryVoice]

    /// Of negative, neutral, positive where nothing is known: .22 negative from the trends note,
    /// section 3; the rest chosen.
    static let usualShares = [0.22, 0.53, 0.25]
    static let priorStories = 40.0

    /// - Parameters:
    ///   - cut: mentions known later do not exist.
    ///   - learnedBefore: the shares π are told from stories that began earlier.
    package init(mentions: [TrendMention], cut: Timestamp, learnedBefore: Timestamp) {
        struct Key: Hashable {
            let brand: Identifier<Brand>
            let story: Identifier<Story>
        }
        let known = mentions.filter { $0.knownAt <= cut }.sorted {
            ($0.eventAt, $0.id) < ($1.eventAt, $1.id)
        }
        var places: [Key: Int] = [:]
        var groups: [[TrendMention]] = []
        for mention in known {
            let key = Key(brand: mention.brand, story: mention.story)
            if let place = places[key] {
                groups[place].append(mention)
            } else {
                places[key] = groups.count
                groups.append([mention])
            }
        }
        let means = groups.map(Self.meanProbabilities)
        var shares: [Identifier<Brand>: [Double]] = [:]
        var counted: [Identifier<Brand>: Double] = [:]
        for (group, mean) in zip(groups, means) where group[0].eventAt < learnedBefore {
            let brand = group[0].brand
            for label in 0..<3 { shares[brand, default: [0, 0, 0]][label] += mean[label] }
            counted[brand, default: 0] += 1
        }
        stories = zip(groups, means).map { group, mean in
            let brand = group[0].brand
            let sums = shares[brand] ?? [0, 0, 0]
            let count = counted[brand] ?? 0
            let raw = (0..<3).map { label in
                let share =
                    (sums[label] + Self.priorStories * Self.usualShares[label])
                    / (count + Self.priorStories)
                return mean[label] * share
            }
            return StoryVoice(brand: brand, members: group, raw: raw)
        }
    }

    /// Negative, neutral, positive.
    private static func meanProbabilities(of members: [TrendMention]) -> [Double] {
        var sums = [0.0, 0.0, 0.0]
        for member in members {
            let given = member.sentiment
            sums[0] += given?.negative ?? 0
            sums[1] += given?.neutral ?? 1
            sums[2] += given?.positive ?? 0
        }
        return sums.map { $0 / Double(members.count) }
    }
}

extension StoryVoice {
    /// - Parameter raw: weights of negative, neutral, positive, not yet summing to 1.
    fileprivate init(brand: Identifier<Brand>, members: [TrendMention], raw: [Double]) {
        let sum = raw[0] + raw[1] + raw[2]
        let scale = sum > 0 ? 1 / sum : 0
        let negative = raw[0] * scale
        let positive = raw[2] * scale
        let neutral = max(0, 1 - negative - positive)
        self.brand = brand
        self.members = members
        first = members[0]
        id = members[0].story
        probabilities = Sentiment.Probabilities(
            negative: negative, neutral: neutral, positive: positive)
        if negative > neutral, negative > positive {
            label = .negative
        } else if positive > neutral, positive > negative {
            label = .positive
        } else {
            label = .neutral
        }
    }
}
