package import EarshotDomain
package import EarshotWire

/// An alert as JSON: each event with its figures, each part with the ids of its mentions.
package enum AlertJSON {
    /// What and when, without reasons.
    package static func summary(_ alert: Alert, brand: Brand) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.head(alert, brand: brand)
        if let reading = alert.height?.facts.reading { writer.reading(reading) }
        writer.endObject()
        return writer
    }

    /// Every event with its figures and the mentions behind it.
    package static func events(_ alert: Alert, brand: Brand) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.head(alert, brand: brand)
        writer.name("events")
        writer.beginArray()
        for event in alert.events { writer.event(event) }
        writer.endArray()
        writer.endObject()
        return writer
    }

    /// Why: the excess in thousandths of a story, each dimension's parts adding up to it.
    package static func explanation(_ alert: Alert, brand: Brand) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.head(alert, brand: brand)
        if let facts = alert.height?.facts {
            writer.reading(facts.reading)
            writer.member("excess", facts.reading.excessThousandths)
            writer.member("volume_effect", facts.reading.volumeThousandths)
            writer.member("share_effect", facts.reading.shareThousandths)
            writer.name("dimensions")
            writer.beginArray()
            for (name, split) in [
                ("source", facts.sources), ("aspect", facts.aspects), ("story", facts.stories),
            ] {
                writer.dimension(name, split, excess: facts.reading.excessThousandths)
            }
            writer.endArray()
            writer.mentions("mentions", facts.mentions)
        }
        writer.endObject()
        return writer
    }
}

extension JSONWriter {
    fileprivate mutating func head(_ alert: Alert, brand: Brand) {
        name("id")
        int(alert.id.rawValue)
        member("brand", brand.key)
        member("state", alert.resolvedAt == nil ? "open" : "resolved")
        member("opened_at", alert.openedAt)
        member("updated_at", alert.events.last { $0.kind == .updated }?.knownAt)
        member("resolved_at", alert.resolvedAt)
        member("window_start", alert.height?.facts.reading.start)
        member("window_end", alert.height?.facts.reading.end)
    }

    fileprivate mutating func event(_ event: AlertEvent) {
        beginObject()
        member("kind", event.kind.rawValue)
        member("at", event.knownAt)
        reading(event.facts.reading)
        mentions("mentions", event.facts.mentions)
        endObject()
    }

    fileprivate mutating func dimension(_ dimension: String, _ split: DigestParts, excess: Int) {
        beginObject()
        member("dimension", dimension)
        member("excess", excess)
        name("parts")
        beginArray()
        for part in split.parts {
            beginObject()
            member("key", part.key)
            member("negatives", part.negative)
            member("usual", part.usualThousandths)
            member("excess", part.excessThousandths)
            mentions("mentions", part.evidence)
            endObject()
        }
        endArray()
        endObject()
    }

    fileprivate mutating func mentions(_ name: String, _ ids: [Identifier<Mention>]) {
        self.name(name)
        beginArray()
        for id in ids { int(id.rawValue) }
        endArray()
    }
}
