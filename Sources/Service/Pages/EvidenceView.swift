import EarshotDomain
import EarshotWording

/// The rows behind the figures of one digest.
struct EvidenceView {
    struct Row {
        /// Its place on the page; absent in tables that repeat it.
        let anchor: String?
        let number: String
        let time: String
        let place: String
        let brand: String
        let text: String
        let link: String?
        let label: String
        let tone: String
    }

    struct Group {
        let anchor: String
        let label: String
        let count: String
        let rows: [Row]
        /// Says how many of all are listed; absent where all are.
        let cut: String?
    }

    struct PartRows {
        let anchor: String
        let name: String
        let count: String
        let numbers: [Number]
    }

    struct Number {
        let number: String
        let target: String
    }

    let mentions: Group
    /// By label: negative, neutral, positive.
    let stories: [Group]
    let storyCount: String
    let market: Group
    let hasMarket: Bool
    let parts: [PartRows]
    let hasParts: Bool

    /// Rows of a table that are listed; chosen: a person reads no more, and the page stays small.
    private static let most = 300

    init(_ wording: DigestWording, prefix: String) {
        let digest = wording.digest
        let maker = RowMaker(wording, prefix: prefix)
        let figures = digest.figures
        mentions = Self.group(
            "\(prefix)-mentions", wording.phrases.behindMentions, figures.mentions.evidence, maker,
            anchored: true)
        let labels: [(Sentiment.Label, Figure)] = [
            (.negative, figures.negative), (.neutral, figures.neutral),
            (.positive, figures.positive),
        ]
        stories = labels.map { label, figure in
            Self.group(
                "\(prefix)-\(label.rawValue)", wording.phrases.label(label), figure.evidence, maker)
        }
        storyCount = wording.numerals.integer(figures.stories.evidence.count)
        market = Self.group(
            "\(prefix)-market", wording.phrases.behindVoice, figures.shareOfVoice.evidence, maker)
        hasMarket = !digest.competitors.isEmpty
        parts = wording.splits.flatMap { split in
            split.parts.enumerated().map { place, part in
                PartRows(
                    anchor: "\(prefix)-\(split.key)-\(place + 1)",
                    name: part.name,
                    count: wording.numerals.integer(part.negative),
                    numbers: part.evidence.prefix(Self.most).map {
                        Number(number: "\($0.rawValue)", target: "\(prefix)-m\($0.rawValue)")
                    })
            }
        }
        hasParts = !parts.isEmpty
    }

    private static func group(
        _ anchor: String, _ label: String, _ evidence: [Identifier<Mention>], _ maker: RowMaker,
        anchored: Bool = false
    ) -> Group {
        let listed = maker.rows(evidence.prefix(most), anchored: anchored)
        return Group(
            anchor: anchor, label: label, count: maker.wording.numerals.integer(evidence.count),
            rows: listed,
            cut: evidence.count > most
                ? maker.wording.phrases.firstRows(most, of: evidence.count) : nil)
    }
}

private struct RowMaker {
    let wording: DigestWording
    private let prefix: String
    private let rows: [Identifier<Mention>: DigestRow]
    private let brands: [Identifier<Brand>: String]

    init(_ wording: DigestWording, prefix: String) {
        self.wording = wording
        self.prefix = prefix
        rows = Dictionary(
            wording.digest.rows.map { ($0.mention, $0) }, uniquingKeysWith: { first, _ in first })
        let market = [wording.digest.brand] + wording.digest.competitors
        brands = Dictionary(
            market.map { ($0.id, $0.name(in: wording.language.rawValue)) },
            uniquingKeysWith: { first, _ in first })
    }

    func rows(_ evidence: some Sequence<Identifier<Mention>>, anchored: Bool) -> [EvidenceView.Row]
    {
        evidence.map { id in
            let row = rows[id]
            let text = row?.title ?? ""
            return EvidenceView.Row(
                anchor: anchored ? "\(prefix)-m\(id.rawValue)" : nil, number: "\(id.rawValue)",
                time: row.map { wording.phrases.dayAndTime($0.clock) } ?? Numerals.none,
                place: row?.place ?? "", brand: row.flatMap { brands[$0.brand] } ?? "",
                text: text.isEmpty ? wording.phrases.erased : text, link: WebLink.safe(row?.url),
                label: row.map { wording.phrases.label($0.label) } ?? "",
                tone: row?.label == .negative ? "n" : row?.label == .positive ? "p" : "")
        }
    }
}

/// The fixed words of the page.
struct WordsView {
    let everyFigureOpens: String
    let sevenDays: String
    let negative: String
    let neutral: String
    let positive: String
    let usualForTheHours: String
    let usual: String
    let table: String
    let splits: String
    let sum: String
    let stories: String
    let noStories: String
    let tone: String
    let sources: String
    let rows: String
    let behindStories: String
    let time: String

    init(_ phrases: any Phrases) {
        everyFigureOpens = phrases.everyFigureOpens
        sevenDays = phrases.sevenDays
        negative = phrases.label(.negative)
        neutral = phrases.label(.neutral)
        positive = phrases.label(.positive)
        usualForTheHours = phrases.usualForTheHours
        usual = phrases.usualWord
        table = phrases.tableOfChart
        splits = phrases.whereNegativesComeFrom
        sum = phrases.sum
        stories = phrases.topStories
        noStories = phrases.noStories
        tone = phrases.tone
        sources = phrases.sources
        rows = phrases.rowsBehind
        behindStories = phrases.behindStories
        time = phrases.time
    }
}
