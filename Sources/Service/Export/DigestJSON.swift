package import EarshotDomain
package import EarshotWire

/// A digest's facts as JSON: every figure with the ids of the mentions behind it.
package enum DigestJSON {
    package static func writer(_ digest: Digest) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("brand", digest.brand.key)
        writer.member("date", digest.day.date.iso8601)
        writer.member("zone", digest.day.zone)
        writer.member("start", digest.day.start)
        writer.member("end", digest.day.end)
        writer.member("cut", digest.day.cut)
        writer.member("verdict", digest.verdict.rawValue)
        writer.name("figures")
        writer.beginObject()
        writer.figure("mentions", digest.figures.mentions)
        writer.figure("stories", digest.figures.stories)
        writer.figure("net_sentiment", digest.figures.netSentiment)
        writer.figure("share_of_voice", digest.figures.shareOfVoice)
        writer.figure("negative", digest.figures.negative)
        writer.figure("neutral", digest.figures.neutral)
        writer.figure("positive", digest.figures.positive)
        writer.endObject()
        writer.parts("aspects", digest.aspects)
        writer.parts("products", digest.products)
        writer.parts("sources", digest.places)
        writer.name("stories")
        writer.beginArray()
        for story in digest.topStories { writer.story(story) }
        writer.endArray()
        writer.name("source_health")
        writer.health(digest.sources)
        writer.endObject()
        return writer
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ number: Double?) {
        self.name(name)
        if let number { double(number) } else { null() }
    }

    fileprivate mutating func evidence(_ ids: [Identifier<Mention>]) {
        name("evidence")
        beginArray()
        for id in ids { int(id.rawValue) }
        endArray()
    }

    fileprivate mutating func figure(_ name: String, _ figure: Figure) {
        self.name(name)
        beginObject()
        member("value", figure.value)
        member("day_before", figure.previous)
        if let usual = figure.usual {
            self.name("usual")
            beginObject()
            member("mean", usual.mean as Double?)
            member("low", usual.low as Double?)
            member("high", usual.high as Double?)
            endObject()
        }
        evidence(figure.evidence)
        endObject()
    }

    fileprivate mutating func parts(_ name: String, _ parts: DigestParts) {
        self.name(name)
        beginArray()
        for part in parts.parts {
            beginObject()
            member("key", part.key)
            member("negative", part.negative)
            member("usual_thousandths", part.usualThousandths)
            evidence(part.evidence)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func story(_ story: DigestStory) {
        beginObject()
        self.name("id")
        int(story.story.rawValue)
        member("title", story.title.text)
        member("excerpt", story.excerpt.text)
        member("url", story.url)
        member("label", story.label.rawValue)
        member("score", story.score as Double?)
        member("posts", story.posts)
        member("authors", story.authors)
        member("first_seen", story.firstSeen)
        evidence(story.evidence)
        endObject()
    }

    fileprivate mutating func health(_ health: SourceHealth) {
        beginObject()
        member("total", health.total)
        member("on_time", health.onTime)
        member("failing", health.failing)
        name("silent")
        beginArray()
        for source in health.silent {
            beginObject()
            member("key", source.key)
            member("silent_hours", Int(source.silence.milliseconds / 3_600_000))
            member("usual_gap_hours", Double(source.usualGap.milliseconds) / 3_600_000 as Double?)
            member("error", source.error)
            endObject()
        }
        endArray()
        endObject()
    }
}
