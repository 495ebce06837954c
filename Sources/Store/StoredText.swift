import EarshotDomain
import EarshotWire

extension String {
    /// As the engines take it: neither holds a NUL, so each becomes a space and offsets stay.
    var storable: String {
        utf8.contains(0)
            ? String(decoding: utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
            : self
    }
}

/// Values that the store keeps as JSON text, because no query looks into them.
enum StoredText {
    /// Names by language tag, in the order of the tags.
    static func text(names: [String: String]) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        for (language, name) in names.sorted(by: { $0.key < $1.key }) {
            writer.member(language, name)
        }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    static func names(_ text: String) throws -> [String: String] {
        guard let members = try? JSON(parsing: Array(text.utf8)).members else {
            throw StoredFault.damaged("names are no JSON object")
        }
        var names: [String: String] = [:]
        for member in members { names[member.name] = member.value.string }
        return names
    }

    /// `[start,end,weight,…]`: a weight reads back as the same double, so sums stay exact.
    static func text(evidence: [Sentiment.Evidence]) throws -> String {
        guard evidence.allSatisfy(\.weight.isFinite) else {
            throw StoredFault.refused("an evidence weight is not finite")
        }
        var writer = JSONWriter()
        writer.beginArray()
        for span in evidence {
            writer.int(span.start)
            writer.int(span.end)
            writer.double(span.weight)
        }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    static func evidence(_ text: String) throws -> [Sentiment.Evidence] {
        guard text != "[]" else { return [] }
        guard let numbers = try? JSON(parsing: Array(text.utf8)).array,
            numbers.count.isMultiple(of: 3)
        else { throw StoredFault.damaged("evidence is no JSON array of triples") }
        return try stride(from: 0, to: numbers.count, by: 3).map { first in
            guard let start = numbers[first].int, let end = numbers[first + 1].int,
                let weight = numbers[first + 2].double
            else { throw StoredFault.damaged("evidence holds no number") }
            return Sentiment.Evidence(start: start, end: end, weight: weight)
        }
    }
}
