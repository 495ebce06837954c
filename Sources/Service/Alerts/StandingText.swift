import EarshotDomain
import EarshotTrends
import EarshotWire

/// A detector's standing as the store keeps it: JSON, times in milliseconds.
enum StandingText {
    static func text(_ standing: SpikeStanding) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        if let moment = standing.observedFrom { writer.moment("observedFrom", moment) }
        if let open = standing.open {
            writer.name("open")
            writer.beginObject()
            writer.moment("openedAt", open.openedAt)
            writer.member("hours", open.hours)
            writer.moment("reportedAt", open.reportedAt)
            writer.name("height")
            writer.double(open.height)
            writer.member("excess", open.excess)
            if let since = open.calmSince { writer.moment("calmSince", since) }
            writer.endObject()
        }
        if let last = standing.lastOpenedAt { writer.moment("lastOpenedAt", last) }
        writer.name("unlearned")
        writer.beginArray()
        for range in standing.unlearned {
            writer.int(range.lowerBound.milliseconds)
            writer.int(range.upperBound.milliseconds)
        }
        writer.endArray()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Absent where the text is none of ours.
    static func standing(_ text: String) -> SpikeStanding? {
        guard let json = try? JSON(parsing: Array(text.utf8)),
            let bounds = json["unlearned"]?.array?.compactMap(\.moment),
            bounds.count.isMultiple(of: 2)
        else { return nil }
        var open: SpikeStanding.Open?
        if let row = json["open"] {
            guard let openedAt = row["openedAt"]?.moment, let hours = row["hours"]?.int,
                let reportedAt = row["reportedAt"]?.moment, let height = row["height"]?.double,
                let excess = row["excess"]?.int
            else { return nil }
            open = SpikeStanding.Open(
                openedAt: openedAt, hours: hours, reportedAt: reportedAt, height: height,
                excess: excess, calmSince: row["calmSince"]?.moment)
        }
        let ranges = stride(from: 0, to: bounds.count, by: 2).compactMap { place in
            bounds[place] <= bounds[place + 1] ? bounds[place]..<bounds[place + 1] : nil
        }
        return SpikeStanding(
            observedFrom: json["observedFrom"]?.moment, open: open,
            lastOpenedAt: json["lastOpenedAt"]?.moment, unlearned: ranges)
    }
}

extension JSONWriter {
    fileprivate mutating func moment(_ name: String, _ moment: Timestamp) {
        self.name(name)
        int(moment.milliseconds)
    }
}

extension JSON {
    fileprivate var moment: Timestamp? {
        int.map { Timestamp(milliseconds: Int64($0)) }
    }
}
