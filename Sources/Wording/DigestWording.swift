package import EarshotDomain

/// A digest's facts in the words of one language; page, mail and terminal say the same.
package struct DigestWording: Sendable {
    package let digest: Digest
    package let language: ReaderLanguage
    package let phrases: any Phrases
    package let numerals: Numerals

    package init(_ digest: Digest, language: ReaderLanguage) {
        self.digest = digest
        self.language = language
        phrases = language.phrases
        numerals = language.numerals
    }

    package var brand: String { digest.brand.name(in: language.rawValue) }

    /// What happened, in one sentence.
    package var headline: String {
        let figures = digest.figures
        let mentions = count(figures.mentions.value)
        return switch digest.verdict {
        case .unknown:
            phrases.unknownDay(brand, mentions, stories: count(figures.stories.value))
        case .hard: phrases.hardDay(brand, dayPart, crowd)
        case .good:
            phrases.goodDay(
                brand, count(figures.positive.value), usual: usual(figures.positive))
        case .busy: phrases.busyDay(brand, mentions, usual: usual(figures.mentions))
        case .still: phrases.stillDay(brand, mentions, usual: usual(figures.mentions))
        case .quiet where mentions.value == 0:
            phrases.stillDay(brand, mentions, usual: usual(figures.mentions))
        case .quiet: phrases.quietDay(brand, mentions, usual: usual(figures.mentions))
        }
    }

    /// What stands behind it.
    package var detail: String {
        let figures = digest.figures
        switch digest.verdict {
        case .unknown: return phrases.noUsualYet
        case .hard:
            return phrases.negatives(
                count(figures.negative.value), usual: usual(figures.negative),
                topic: carrier(digest.aspects), place: carrier(digest.places))
        case .good, .busy, .still, .quiet:
            return phrases.tones(
                negative: count(figures.negative.value), neutral: count(figures.neutral.value),
                positive: count(figures.positive.value))
        }
    }

    /// Which day, where, how long.
    package var dayLine: String {
        let hours = digest.day.hours
        return phrases.dayLine(
            digest.day, hours: numerals.decimal(hours, places: hours == hours.rounded() ? 0 : 1))
    }

    package var silentSources: [String] {
        digest.sources.silent.map {
            phrases.silent(
                $0.name, for: phrases.span($0.silence), usual: phrases.span($0.usualGap))
        }
    }

    private func count(_ value: Double?) -> Count {
        Count(value: value ?? 0, text: numerals.integer(Int((value ?? 0).rounded())))
    }

    private func usual(_ figure: Figure) -> Count {
        let mean = figure.usual?.mean ?? 0
        return Count(value: mean, text: numerals.usual(mean))
    }

    private var crowd: Crowd {
        if let part = carryingPart(digest.aspects) {
            return Crowd(
                topic: language.name(part.names), negatives: part.negative, authors: part.authors,
                places: part.sources)
        }
        return Crowd(
            topic: nil, negatives: digest.figures.negative.evidence.count,
            authors: digest.negativeAuthors,
            places: digest.places.parts.count { $0.negative > 0 })
    }

    /// The part that holds at least half of the excess; chosen: less is not what the day is about.
    private func carryingPart(_ split: DigestParts) -> DigestParts.Part? {
        let excess = split.parts.map { $0.negative * 1_000 - ($0.usualThousandths ?? 0) }
        let all = excess.reduce(0, +)
        guard let first = split.parts.first, let most = excess.first, !first.key.isEmpty,
            first.negative > 1, 2 * most >= all, all > 0
        else { return nil }
        return first
    }

    private func carrier(_ split: DigestParts) -> Carrier? {
        carryingPart(split).map {
            Carrier(
                name: language.name($0.names), stories: $0.negative,
                isAll: $0.negative == digest.figures.negative.evidence.count)
        }
    }

    /// The part of the day in which seven of ten negative stories fell.
    private var dayPart: DayPart {
        let buckets = digest.series.filter { $0.clock.date == digest.day.date }
        func negatives(_ hours: Range<Int>) -> Int {
            buckets.reduce(0) { $0 + (hours.contains($1.clock.hour) ? $1.stories.negative : 0) }
        }
        let all = negatives(0..<24)
        let parts: [(DayPart, Range<Int>)] = [
            (.evening, 16..<24), (.morning, 4..<12), (.afternoon, 12..<20), (.night, 0..<4),
        ]
        for (part, hours) in parts where all > 0 && 10 * negatives(hours) >= 7 * all {
            return part
        }
        return .wholeDay
    }
}

/// A figure as a reader meets it: label, value, change against the usual.
package struct WordedFigure: Hashable, Sendable {
    package let label: String
    package let value: String
    /// Against the usual; says so where there is none yet.
    package let change: String
    /// The day before; absent where it has no value.
    package let dayBefore: String?
    /// Worse than usual, beyond the band.
    package let isBad: Bool
    package let figure: Figure
}

extension DigestWording {
    /// Mentions, stories, net sentiment and, where there are competitors, share of voice.
    package var figures: [WordedFigure] {
        let figures = digest.figures
        var worded = [
            worded(
                phrases.mentions, figures.mentions, kind: .count, isBad: digest.verdict == .hard),
            worded(phrases.stories, figures.stories, kind: .count, isBad: false),
            worded(
                phrases.netSentiment, figures.netSentiment, kind: .level,
                isBad: isBelow(figures.netSentiment)),
        ]
        if !digest.competitors.isEmpty {
            worded.append(
                self.worded(phrases.shareOfVoice, figures.shareOfVoice, kind: .share, isBad: false))
        }
        return worded
    }

    package func worded(
        _ label: String, _ figure: Figure, kind: Change.Kind, isBad: Bool
    ) -> WordedFigure {
        WordedFigure(
            label: label, value: text(figure.value, kind),
            change: change(figure, kind) ?? phrases.noUsual,
            dayBefore: figure.previous.map { phrases.dayBefore(text($0, kind)) }, isBad: isBad,
            figure: figure)
    }

    private func isBelow(_ figure: Figure) -> Bool {
        guard let value = figure.value, let usual = figure.usual else { return false }
        return value < usual.low
    }

    private func text(_ value: Double?, _ kind: Change.Kind) -> String {
        guard let value else { return Numerals.none }
        return switch kind {
        case .count: numerals.integer(Int(value.rounded()))
        case .level: numerals.decimal(value, places: 2, signed: true)
        case .share: numerals.percent(value)
        }
    }

    /// Value and usual are rounded first, so that the change is the difference of what is shown.
    private func change(_ figure: Figure, _ kind: Change.Kind) -> String? {
        guard let value = figure.value, let usual = figure.usual?.mean else { return nil }
        let unit = kind == .level || kind == .share ? 100.0 : usual >= 10 ? 1 : 10
        let off = (value * unit).rounded() - (usual * unit).rounded()
        let amount =
            switch kind {
            case .count: numerals.usual(abs(off) / unit)
            case .level: numerals.decimal(abs(off) / unit, places: 2)
            case .share: numerals.integer(Int(abs(off)))
            }
        let usualText =
            kind == .count ? numerals.usual(usual) : text(usual, kind)
        return phrases.change(
            Change(
                direction: off > 0 ? .more : off < 0 ? .less : .same, kind: kind, amount: amount,
                usual: usualText), on: digest.day.date)
    }
}
