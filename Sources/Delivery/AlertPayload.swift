package import EarshotDomain
import EarshotWire
import EarshotWording

/// What a webhook says of an alert: figures, parts that add up, the mentions behind each, and the
/// same in words.
///
/// The envelope is Standard Webhooks' (`type`, `timestamp`, `data`). Excesses are thousandths of a
/// story, so that they add up exactly.
package struct AlertPayload: Sendable {
    private let brand: Brand
    private let openedAt: Timestamp
    private let event: AlertEvent

    package init(brand: Brand, openedAt: Timestamp, event: AlertEvent) {
        self.brand = brand
        self.openedAt = openedAt
        self.event = event
    }

    /// `alert.opened`, `alert.updated` or `alert.resolved`.
    package var kind: String { "alert.\(event.kind.rawValue)" }

    /// The same event always has the same id: a tick that runs again tells nothing new.
    package var id: String {
        "alert_\(brand.id.rawValue)_\(openedAt.milliseconds)_\(event.kind.rawValue)"
            + "_\(event.knownAt.milliseconds)"
    }

    package var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("type", kind)
        writer.member("timestamp", event.knownAt)
        writer.name("data")
        writer.beginObject()
        writer.brand(brand)
        writer.member("opened_at", openedAt)
        writer.figures(event.facts.reading)
        writer.name("parts")
        writer.beginObject()
        writer.parts("source", event.facts.sources)
        writer.parts("aspect", event.facts.aspects)
        writer.parts("story", event.facts.stories)
        writer.endObject()
        writer.mentions(event.facts.mentions)
        writer.name("sentences")
        writer.beginObject()
        for language in ReaderLanguage.allCases {
            let words = AlertWording(event, of: brand, language: language)
            writer.sentences(
                language.rawValue, [words.headline, words.counts, words.evidence, words.effects])
        }
        writer.endObject()
        writer.endObject()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The same bytes for each destination.
    package func drafts(for destinations: [String]) -> [OutboxDraft] {
        let payload = json
        return destinations.map {
            OutboxDraft(id: id, destination: $0, kind: kind, payload: payload)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func brand(_ brand: Brand) {
        name("brand")
        beginObject()
        member("key", brand.key)
        names(brand.names)
        endObject()
    }

    fileprivate mutating func figures(_ reading: SpikeReading) {
        name("window")
        beginObject()
        member("start", reading.start)
        member("end", reading.end)
        member("hours", reading.hours)
        endObject()
        name("counts")
        beginObject()
        member("stories", reading.stories)
        member("negatives", reading.negatives)
        member("authors", reading.authors)
        endObject()
        name("usual")
        beginObject()
        for (name, value) in [
            ("stories", reading.expectedStories), ("negatives", reading.expectedNegatives),
            ("negative_share", reading.usualShare),
        ] {
            self.name(name)
            double(value, places: 3)
        }
        endObject()
        name("evidence_nats")
        beginObject()
        for (name, value) in [
            ("share", reading.shareEvidence), ("volume", reading.volumeEvidence),
        ] {
            self.name(name)
            double(value, places: 3)
        }
        endObject()
        name("excess_thousandths")
        beginObject()
        member("all", reading.excessThousandths)
        member("volume", reading.volumeThousandths)
        member("share", reading.shareThousandths)
        endObject()
    }

    fileprivate mutating func parts(_ dimension: String, _ split: DigestParts) {
        name(dimension)
        beginArray()
        for part in split.parts {
            beginObject()
            member("key", part.key)
            names(part.names)
            member("negatives", part.negative)
            member("excess_thousandths", part.excessThousandths)
            mentions(part.evidence)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func names(_ names: [String: String]) {
        guard !names.isEmpty else { return }
        name("names")
        beginObject()
        for (language, text) in names.sorted(by: { $0.key < $1.key }) { member(language, text) }
        endObject()
    }

    fileprivate mutating func mentions(_ ids: [Identifier<Mention>]) {
        name("mentions")
        beginArray()
        for id in ids { int(id.rawValue) }
        endArray()
    }

    fileprivate mutating func sentences(_ language: String, _ sentences: [String]) {
        name(language)
        beginArray()
        for sentence in sentences { string(sentence) }
        endArray()
    }
}
