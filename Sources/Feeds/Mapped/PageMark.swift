import EarshotDomain

/// Up to where the pages of a source are stored, and where a walk was broken off on its way there.
///
/// Written into the store as text: a line for the mark itself, and one for each gap.
package struct PageMark: Hashable, Sendable {
    /// The greatest id stored, where pages go forward.
    var id: String?
    /// Where pages go backward: the newest entry's publication when the last walk ended.
    var reached: Timestamp?
    /// What lies below `reached` and did not come yet, the newest first.
    var gaps: [PageGap] = []

    /// More are joined: the pages between two gaps are asked for again then; chosen.
    private static let gapLimit = 8

    package init?(text: String) {
        var lines = text.split(separator: "\n")
        guard !lines.isEmpty else { return nil }
        let parts = lines.removeFirst().split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "id": id = PercentCoding.decoded(String(parts[1]))
        case "reached":
            guard let milliseconds = Int64(parts[1]) else { return nil }
            reached = Timestamp(milliseconds: milliseconds)
        default: return nil
        }
        for line in lines {
            // Without one of its gaps a mark would pass over it.
            guard let gap = PageGap(text: line) else { return nil }
            gaps.append(gap)
        }
    }

    init(id: String) { self.id = id }

    init(reached: Timestamp, gaps: [PageGap] = []) {
        self.reached = reached
        self.gaps = gaps
        while self.gaps.count > Self.gapLimit {
            let last = self.gaps.removeLast()
            self.gaps[self.gaps.count - 1].floor = last.floor
        }
    }

    package var text: String {
        if let id { return "id=\(PercentCoding.encoded(id))" }
        return (["reached=\(reached?.milliseconds ?? 0)"] + gaps.map(\.text))
            .joined(separator: "\n")
    }
}

/// A stretch of pages that was broken off.
struct PageGap: Hashable, Sendable {
    /// It goes down to here.
    var floor: Timestamp
    /// What is to be asked for next.
    var place: PagePlace

    init(floor: Timestamp, place: PagePlace) {
        self.floor = floor
        self.place = place
    }

    /// `gap=FLOOR NUMBER OFFSET UNTIL CURSOR`, the last two `-` where absent.
    init?(text: Substring) {
        guard text.hasPrefix("gap=") else { return nil }
        let parts = text.dropFirst(4).split(separator: " ")
        guard parts.count == 5, let floor = Int64(parts[0]), let number = Int32(parts[1]),
            let offset = Int32(parts[2])
        else { return nil }
        self.floor = Timestamp(milliseconds: floor)
        place = PagePlace(
            number: Int(number), offset: Int(offset), until: Int64(parts[3]),
            cursor: parts[4] == "-" ? nil : PercentCoding.decoded(String(parts[4].dropFirst())))
    }

    var text: String {
        let cursor = place.cursor.map { "=" + PercentCoding.encoded($0) } ?? "-"
        let until = place.until.map { "\($0)" } ?? "-"
        return "gap=\(floor.milliseconds) \(place.number) \(place.offset) \(until) \(cursor)"
    }
}

/// Where a page stands among those of its request.
struct PagePlace: Hashable, Sendable {
    var number: Int
    var offset = 0
    /// Seconds since 1970 below which its slice lies, where a platform gives no more pages of one.
    var until: Int64?
    /// Or an address.
    var cursor: String?
}
