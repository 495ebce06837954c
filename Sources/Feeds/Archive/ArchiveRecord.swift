import EarshotDomain
import EarshotWire

/// The fields of one record, the best name of each taken.
struct ArchiveRecord {
    private struct Slot {
        var value: Value
        var rank: Int
    }

    private enum Value {
        case text(String)
        case json(JSON)
    }

    private var slots: [ArchiveField: Slot] = [:]

    init(_ json: JSON, _ names: ArchiveNames) throws(ArchiveFault) {
        guard let members = json.members else { throw ArchiveFault("it is no JSON object") }
        for member in members {
            guard let meaning = names.meaning(of: member.name) else { continue }
            switch member.value.kind {
            case .string: put(member.value.string ?? "", meaning)
            case .number: put(member.value.number ?? "", meaning)
            case .object, .array:
                if meaning.field == .author { put(.json(member.value), meaning) }
            case .null, .bool: break
            }
        }
    }

    /// - Parameter columns: what each cell means.
    init(cells: [String], columns: [ArchiveNames.Meaning?]) {
        for (cell, meaning) in zip(cells, columns) {
            if let meaning { put(cell, meaning) }
        }
    }

    private mutating func put(_ text: String, _ meaning: ArchiveNames.Meaning) {
        let text = text.trimmedBlanks
        if !text.isEmpty { put(.text(text), meaning) }
    }

    private mutating func put(_ value: Value, _ meaning: ArchiveNames.Meaning) {
        if let slot = slots[meaning.field], slot.rank <= meaning.rank { return }
        slots[meaning.field] = Slot(value: value, rank: meaning.rank)
    }

    func text(_ field: ArchiveField) -> String? {
        guard case .text(let text)? = slots[field]?.value else { return nil }
        return text
    }

    /// Absent where there is none; at least 0.
    func count(_ field: ArchiveField) -> Int? {
        text(field).flatMap { Int($0) }.map { max(0, $0) }
    }

    func moment(_ field: ArchiveField) throws(ArchiveFault) -> Timestamp? {
        guard let text = text(field) else { return nil }
        if let moment = DateScanner.timestamp(text) { return moment }
        // Seconds since 1970 with a fraction, as Reddit's archives have them.
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isNumber = parts.allSatisfy { $0.utf8.allSatisfy(\.isASCIIDigit) }
        if parts.count == 2, isNumber, let moment = DateScanner.timestamp(String(parts[0])) {
            return moment
        }
        throw ArchiveFault("cannot read the date '\(text.prefix(80))'")
    }

    var people: [FeedPerson] {
        var people: [FeedPerson] = []
        switch slots[.author]?.value {
        case .text(let name): people = [FeedPerson(name: name)]
        case .json(let json):
            let all = json.array(limit: FeedLimits.list) ?? [json]
            people = all.map(Self.person).filter { !$0.isEmpty }
        case nil: break
        }
        if let handle = text(.handle) {
            if people.isEmpty { people = [FeedPerson()] }
            people[0].handle = people[0].handle ?? handle
        }
        return people
    }

    private static func person(_ json: JSON) -> FeedPerson {
        if let name = json.string?.trimmedBlanks {
            return FeedPerson(name: name.isEmpty ? nil : name)
        }
        func first(_ names: [String]) -> String? {
            names.lazy.compactMap { json[$0]?.string?.trimmedBlanks }.first { !$0.isEmpty }
        }
        return FeedPerson(
            name: first(["name", "display_name", "displayName"]), email: first(["email"]),
            url: first(["url"]), handle: first(["handle", "username", "screen_name", "acct"]))
    }
}
