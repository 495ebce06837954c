import EarshotFeeds

/// What a poll's warnings come to, in one line for the store.
enum PollNotes {
    /// Each kind once, by how often it came, the missing pages first: `missing_pages: why;
    /// unreadable_date 3`; absent where there are none.
    static func text(_ warnings: [FeedWarning], missing reason: String? = nil) -> String? {
        let counts = Dictionary(grouping: warnings, by: \.kind).mapValues(\.count)
        let notes = counts.keys.sorted { first, second in
            let firsts = (first == .missingPages, second == .missingPages)
            return firsts.0 != firsts.1 ? firsts.0 : first.rawValue < second.rawValue
        }.map { kind in
            guard kind != .missingPages else {
                return kind.rawValue + (reason.map { ": " + $0 } ?? "")
            }
            let count = counts[kind] ?? 1
            return count > 1 ? "\(kind.rawValue) \(count)" : kind.rawValue
        }
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }
}
