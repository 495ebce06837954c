import EarshotDomain
import EarshotWire

extension StoredText {
    /// Numbers read back as the same doubles, and thousandths are whole, so parts stay exact.
    static func text(facts: AlertFacts) -> String {
        var writer = JSONWriter()
        let reading = facts.reading
        writer.beginObject()
        writer.member("hours", reading.hours)
        writer.name("end")
        writer.int(reading.end.milliseconds)
        writer.member("stories", reading.stories)
        writer.member("negatives", reading.negatives)
        for (name, number) in [
            ("expectedStories", reading.expectedStories),
            ("expectedNegatives", reading.expectedNegatives), ("usualShare", reading.usualShare),
            ("shareEvidence", reading.shareEvidence), ("volumeEvidence", reading.volumeEvidence),
        ] {
            writer.name(name)
            writer.double(number)
        }
        writer.member("authors", reading.authors)
        writer.mentions("mentions", facts.mentions)
        for (name, split) in [
            ("sources", facts.sources), ("storyParts", facts.stories), ("aspects", facts.aspects),
        ] {
            writer.name(name)
            writer.beginArray()
            for part in split.parts { writer.part(part) }
            writer.endArray()
        }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    static func facts(_ text: String) throws -> AlertFacts {
        guard let json = try? JSON(parsing: Array(text.utf8)) else {
            throw StoredFault.damaged("an alert's facts are no JSON")
        }
        let reading = SpikeReading(
            hours: try json.whole("hours"),
            end: Timestamp(milliseconds: Int64(try json.whole("end"))),
            stories: try json.whole("stories"), negatives: try json.whole("negatives"),
            expectedStories: try json.number("expectedStories"),
            expectedNegatives: try json.number("expectedNegatives"),
            usualShare: try json.number("usualShare"),
            shareEvidence: try json.number("shareEvidence"),
            volumeEvidence: try json.number("volumeEvidence"), authors: try json.whole("authors"))
        return AlertFacts(
            reading: reading, mentions: try json.mentions("mentions"),
            sources: try json.parts("sources"), stories: try json.parts("storyParts"),
            aspects: try json.parts("aspects"))
    }
}

extension JSONWriter {
    fileprivate mutating func mentions(_ name: String, _ ids: [Identifier<Mention>]) {
        self.name(name)
        beginArray()
        for id in ids { int(id.rawValue) }
        endArray()
    }

    fileprivate mutating func part(_ part: DigestParts.Part) {
        beginObject()
        member("key", part.key)
        name("names")
        raw(StoredText.text(names: part.names))
        member("negative", part.negative)
        member("authors", part.authors)
        member("sources", part.sources)
        member("usualThousandths", part.usualThousandths)
        mentions("evidence", part.evidence)
        endObject()
    }
}

extension JSON {
    fileprivate func whole(_ name: String) throws -> Int {
        guard let number = self[name]?.int else {
            throw StoredFault.damaged("an alert's facts have no whole '\(name)'")
        }
        return number
    }

    fileprivate func number(_ name: String) throws -> Double {
        guard let number = self[name]?.double else {
            throw StoredFault.damaged("an alert's facts have no number '\(name)'")
        }
        return number
    }

    fileprivate func mentions(_ name: String) throws -> [Identifier<Mention>] {
        guard let ids = self[name]?.array?.map(\.int) else {
            throw StoredFault.damaged("an alert's facts have no list '\(name)'")
        }
        return ids.compactMap { $0.map { Identifier(Int64($0)) } }
    }

    fileprivate func parts(_ name: String) throws -> DigestParts {
        guard let parts = self[name]?.array else {
            throw StoredFault.damaged("an alert's facts have no list '\(name)'")
        }
        return DigestParts(
            parts: try parts.map { part in
                DigestParts.Part(
                    key: part["key"]?.string ?? "",
                    names: try StoredText.names(
                        String(decoding: part["names"]?.bytes ?? [], as: UTF8.self)),
                    negative: try part.whole("negative"), authors: try part.whole("authors"),
                    sources: try part.whole("sources"),
                    usualThousandths: part["usualThousandths"]?.int,
                    evidence: try part.mentions("evidence"))
            })
    }
}
