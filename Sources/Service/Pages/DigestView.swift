import EarshotDomain
import EarshotWording

/// One digest, worded, in the shape of the template.
struct DigestView {
    struct KPI {
        let label: String
        let value: String
        let change: String
        let dayBefore: String?
        let isBad: Bool
        let target: String
        /// SVG, made of numbers alone.
        let spark: String
    }

    struct Tone {
        let label: String
        let count: String
        let usual: String?
        let target: String
    }

    struct Part {
        let name: String
        let count: String
        let change: String
        /// Percent of the widest bar.
        let width: Int
        let target: String
        let isWorse: Bool
    }

    struct Split {
        let title: String
        let parts: [Part]
        let sum: String
    }

    struct Bucket {
        let time: String
        let negative: String
        let neutral: String
        let positive: String
        let usual: String
    }

    let notices: [DigestNotice]
    let prefix: String
    let tag: String
    let navigation: String
    let title: String
    let headline: String
    let detail: String
    let dayLine: String
    let asKnown: String
    let isHard: Bool
    let kpis: [KPI]
    let tones: [Tone]
    let splits: [Split]
    let hasSplits: Bool
    /// SVG; texts in it are escaped.
    let chart: String
    let hasUsual: Bool
    let buckets: [Bucket]
    let stories: [StoryView]
    let hasStories: Bool
    let onTime: String
    let silent: [String]
    let evidence: EvidenceView
    let words: WordsView

    init(_ wording: DigestWording, prefix: String, notices: [DigestNotice]) {
        self.notices = notices
        let digest = wording.digest
        let phrases = wording.phrases
        let targets = ["mentions", "stories", "stories", "market"]
        self.prefix = prefix
        tag = phrases.tag
        navigation = "\(wording.brand) · \(phrases.shortDay(digest.day.date))"
        title = phrases.digestTitle(wording.brand, digest.day.date)
        headline = wording.headline
        detail = wording.detail
        dayLine = wording.dayLine
        asKnown = phrases.asKnown(digest.day.cutClock)
        isHard = digest.verdict == .hard
        kpis = zip(wording.figures, targets).map { figure, target in
            KPI(
                label: figure.label, value: figure.value, change: figure.change,
                dayBefore: figure.dayBefore, isBad: figure.isBad, target: "\(prefix)-\(target)",
                spark: Sparkline(figure.figure).svg)
        }
        let labels: [(Sentiment.Label, Figure)] = [
            (.negative, digest.figures.negative), (.neutral, digest.figures.neutral),
            (.positive, digest.figures.positive),
        ]
        tones = labels.map { label, figure in
            Tone(
                label: phrases.label(label),
                count: wording.numerals.integer(figure.evidence.count),
                usual: figure.usual.map {
                    "\(phrases.usualWord) \(wording.numerals.usual($0.mean))"
                }, target: "\(prefix)-\(label.rawValue)")
        }
        splits = Self.splits(wording, prefix: prefix)
        hasSplits = !splits.isEmpty
        chart = SevenDayChart(wording, prefix: "\(prefix)-chart").svg
        hasUsual = digest.series.contains { $0.usual != nil }
        buckets = digest.series.map { bucket in
            Bucket(
                time: phrases.dayAndTime(bucket.clock),
                negative: wording.numerals.integer(bucket.stories.negative),
                neutral: wording.numerals.integer(bucket.stories.neutral),
                positive: wording.numerals.integer(bucket.stories.positive),
                usual: bucket.usual.map { wording.numerals.usual($0.mean) } ?? Numerals.none)
        }
        stories = digest.topStories.map { StoryView($0, wording: wording) }
        hasStories = !digest.topStories.isEmpty
        onTime = phrases.onTime(digest.sources.onTime, of: digest.sources.total)
        silent = wording.silentSources
        evidence = EvidenceView(wording, prefix: prefix)
        words = WordsView(phrases)
    }

    /// The parts add up to the sum in thousandths; each is shown with one decimal.
    private static func splits(_ wording: DigestWording, prefix: String) -> [Split] {
        wording.splits.map { split in
            let most = split.parts.map(\.negative).max() ?? 0
            let parts = split.parts.enumerated().map { place, part in
                Part(
                    name: part.name,
                    count: wording.numerals.integer(part.negative),
                    change: part.excessTenths.map(wording.excess)
                        ?? Numerals.none,
                    width: most > 0 ? 100 * part.negative / most : 0,
                    target: "\(prefix)-\(split.key)-\(place + 1)",
                    isWorse: part.excessTenths ?? 0 > 0)
            }
            return Split(
                title: split.title, parts: parts,
                sum: split.excessTenths.map(wording.excess)
                    ?? wording.numerals.integer(split.negative))
        }
    }
}

/// A story with its words marked.
struct StoryView {
    struct Run {
        let text: String
        let isMarked: Bool
        /// Classes of the mark: direction and strength.
        let style: String
        let weight: String
    }

    let opening: String
    let closing: String
    let title: [Run]
    let hasTitle: Bool
    let text: [Run]
    let hasText: Bool
    let label: String
    let tone: String
    let meta: String
    let link: String?
    let topics: [String]

    init(_ story: DigestStory, wording: DigestWording) {
        let phrases = wording.phrases
        (opening, closing) = phrases.quotes
        let heaviest = story.heaviest
        func runs(_ text: MarkedText) -> [Run] {
            text.runs(heaviest: heaviest).map { run in
                let weight = run.weight ?? 0
                return Run(
                    text: run.text, isMarked: run.weight != nil,
                    style: (weight < 0 ? "n" : "p") + (run.strength == .weak ? " weak" : ""),
                    weight: phrases.weight(
                        wording.numerals.decimal(abs(weight), places: 2), isNegative: weight < 0))
            }
        }
        title = runs(story.title)
        text = runs(story.excerpt)
        hasTitle = !title.isEmpty
        hasText = !text.isEmpty
        label =
            phrases.label(story.label) + " "
            + wording.numerals.decimal(story.score, places: 2, signed: true)
        tone =
            switch story.label {
            case .negative: "n"
            case .neutral: ""
            case .positive: "p"
            }
        let parts =
            [phrases.posts(story.posts, authors: story.authors)] + story.places.prefix(3)
            + [phrases.dayAndTime(story.firstClock)]
        meta = parts.joined(separator: " · ")
        link = WebLink.safe(story.url)
        topics = story.topics.map { $0[wording.language.rawValue] ?? $0["en"] ?? "" }
    }
}

/// Addresses that may become links.
enum WebLink {
    /// The address, where its scheme is `http` or `https` and it has neither spaces nor controls.
    static func safe(_ url: String?) -> String? {
        guard let url else { return nil }
        let bytes = Array(url.utf8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        let start = String(decoding: bytes.prefix(8), as: UTF8.self).lowercased()
        return start.hasPrefix("https://") || start.hasPrefix("http://") ? url : nil
    }
}
