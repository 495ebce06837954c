package import EarshotDomain
package import EarshotStore
package import EarshotWire

/// A mention as JSON, with the reasons of its score.
package enum MentionJSON {
    package static func writer(_ record: MentionRecord, brand: Brand) -> JSONWriter {
        let (mention, content) = (record.mention, record.entry.content)
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("id")
        writer.int(mention.id.rawValue)
        writer.member("brand", brand.key)
        writer.name("story")
        writer.int(mention.story.rawValue)
        writer.member("event_at", mention.eventAt)
        writer.member("known_at", mention.knownAt)
        writer.member("author", content.author?.handle)
        writer.member("url", content.url)
        writer.member("title", content.title)
        writer.member("text", content.text)
        writer.name("hits")
        writer.beginArray()
        for hit in mention.hits {
            writer.beginObject()
            writer.member("field", hit.field.rawValue)
            writer.member("start", hit.start)
            writer.member("end", hit.end)
            writer.member("term", hit.term)
            writer.member("topic", hit.topic)
            writer.endObject()
        }
        writer.endArray()
        writer.name("sentiment")
        writer.sentiment(record.sentiment)
        writer.endObject()
        return writer
    }
}

extension JSONWriter {
    fileprivate mutating func sentiment(_ sentiment: Sentiment) {
        beginObject()
        member("label", sentiment.label.rawValue)
        name("score")
        double(sentiment.score)
        name("prior")
        double(sentiment.prior)
        name("evidence")
        beginArray()
        for span in sentiment.evidence {
            beginObject()
            member("start", span.start)
            member("end", span.end)
            name("weight")
            double(span.weight)
            endObject()
        }
        endArray()
        member("version", sentiment.version)
        endObject()
    }
}
