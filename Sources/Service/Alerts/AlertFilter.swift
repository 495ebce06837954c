package import EarshotDomain
import EarshotListening
import EarshotTrends
package import EarshotWire

/// `earshot alert detect`: mentions and ticks in, alerts out, in the lock-step form of the trends
/// note, section 1.
///
/// A brand is known by its first mention; stories are found on the way, each brand's for itself.
package struct AlertFilter {
    private struct Desk {
        let brand: String
        var stories = StoryClusterer()
        var detector: SpikeDetector
        var forgotAt: Timestamp
    }

    private var desks: [Desk] = []
    private var places: [String: Int] = [:]
    private var sources: [String: Identifier<Source>] = [:]
    private var observedFrom: Timestamp?
    private var mentions: Int64 = 0
    private var storyCount: Int64 = 0

    package init() {}

    /// The answer to a tick: a JSON array of what happened; nothing to a mention.
    package mutating func answer(_ line: [UInt8]) throws(LineError) -> [UInt8]? {
        let json: JSON
        do { json = try JSON(parsing: line) } catch {
            throw LineError(reason: "\(error.reason), at byte \(error.offset + 1)")
        }
        if let tick = json["tick"] {
            guard let now = tick.string.flatMap(Timestamp.init(rfc3339:)) else {
                throw LineError(reason: "'tick' is no RFC 3339 time")
            }
            return alerts(at: now)
        }
        try take(json)
        return nil
    }

    private mutating func take(_ json: JSON) throws(LineError) {
        guard let brand = json["brand"]?.string,
            let eventAt = json["ts"]?.string.flatMap(Timestamp.init(rfc3339:)),
            let knownAt = json["seen"]?.string.flatMap(Timestamp.init(rfc3339:)),
            let label = json["label"]?.string.flatMap(Self.probabilities)
        else {
            throw LineError(
                id: json["id"]?.bytes, reason: "expected 'brand', 'ts', 'seen' and 'label'")
        }
        observedFrom = observedFrom ?? eventAt
        let place = place(of: brand, now: knownAt)
        let print = StoryPrint(json["text"]?.string ?? "")
        let known = desks[place].stories.story(of: print, eventAt: eventAt)
        if known == nil { storyCount += 1 }
        let story = known ?? Identifier<Story>(storyCount)
        desks[place].stories.add(print, eventAt: eventAt, story: story)
        mentions += 1
        let source = json["source"]?.string ?? ""
        let number = sources[source] ?? Identifier(Int64(sources.count + 1))
        sources[source] = number
        desks[place].detector.learn(
            TrendMention(
                id: Identifier(mentions), story: story, brand: Identifier(Int64(place + 1)),
                source: number, author: json["author"]?.string.map { source + "/" + $0 },
                eventAt: eventAt, knownAt: knownAt, sentiment: label, topics: []))
    }

    private mutating func place(of brand: String, now: Timestamp) -> Int {
        if let place = places[brand] { return place }
        places[brand] = desks.count
        desks.append(
            Desk(
                brand: brand, detector: SpikeDetector(SpikeStanding(observedFrom: observedFrom)),
                forgotAt: now))
        return desks.count - 1
    }

    private mutating func alerts(at now: Timestamp) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        for place in desks.indices {
            if let signal = desks[place].detector.tick(at: now) {
                writer.signal(signal, of: desks[place].brand)
            }
            if now - desks[place].forgotAt > .days(1) {
                desks[place].forgotAt = now
                desks[place].stories.forget(
                    before: now - StoryClusterer.window - StoryClusterer.window)
            }
        }
        writer.endArray()
        return writer.bytes
    }

    /// Labels come decided.
    private static func probabilities(_ label: String) -> Sentiment.Probabilities? {
        switch label {
        case "neg": Sentiment.Probabilities(negative: 1, neutral: 0, positive: 0)
        case "neu": Sentiment.Probabilities(negative: 0, neutral: 1, positive: 0)
        case "pos": Sentiment.Probabilities(negative: 0, neutral: 0, positive: 1)
        default: nil
        }
    }
}

extension JSONWriter {
    fileprivate mutating func signal(_ signal: SpikeSignal, of brand: String) {
        beginObject()
        member("brand", brand)
        member("kind", "negative")
        let state =
            switch signal.kind {
            case .opened: "firing"
            case .updated: "updated"
            case .resolved: "resolved"
            }
        member("state", state)
        member("opened_at", signal.openedAt)
        reading(signal.reading)
        endObject()
    }

    /// The members of a reading, into an object that is open.
    package mutating func reading(_ reading: SpikeReading) {
        member("hours", reading.hours)
        member("negatives", reading.negatives)
        member("stories", reading.stories)
        member("authors", reading.authors)
        for (name, number) in [
            ("expected_stories", reading.expectedStories),
            ("expected_negatives", reading.expectedNegatives),
            ("usual_share", reading.usualShare), ("share_evidence", reading.shareEvidence),
            ("volume_evidence", reading.volumeEvidence),
        ] {
            self.name(name)
            double(number, places: 6)
        }
    }
}
