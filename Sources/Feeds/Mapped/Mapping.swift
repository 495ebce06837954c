import EarshotDomain
import EarshotWire

/// How a platform is asked, and how its answers are read as entries: data, no code.
///
/// Those that come with Earshot (`Presets/`) are written in the same form as a user's own in the
/// configuration, and have no other power. `Mapping+Reading.swift` says what the form is.
package struct Mapping: Hashable, Sendable {
    /// What the answers are.
    enum Format: String, Hashable, Sendable, CaseIterable {
        case json
        /// RSS, Atom or JSON Feed, of which some fields are read in another way.
        case feed
    }

    /// Where the next page is.
    enum Next: Hashable, Sendable {
        /// The link of this relation in the `Link` field of the answer (RFC 8288).
        case link(String)
        /// What stands at a path: `{cursor}` of the next request, or its address.
        case path(JSONPath)
        /// `{page}` counts from `first` to `last`; a page of fewer items than `full` is the last.
        case page(first: Int, last: Int, full: Int?)
        /// `{offset}` counts the items that have come.
        case offset(full: Int?)
        /// `{min-id}` is the greatest id so far, at this path in each item: pages go forward in
        /// time, the oldest that is not known first.
        case minID(FieldExpression)
    }

    /// When enough pages have been read.
    struct Stop: Hashable, Sendable {
        /// At a page that holds an entry which is known already.
        var knownID = true
        /// At a page that holds an entry which is older.
        var olderThan: Duration?
        /// Pages of a first poll; chosen.
        var pages = 5
    }

    /// What the platform says of its limits; the fields by lower-case name.
    struct Limits: Hashable, Sendable {
        var requests: Int?
        var window: Duration?
        /// Holds how many requests are left.
        var remaining: String?
        /// Holds when there will be new ones: a date, seconds since 1970, or seconds from now.
        var reset: String?
    }

    /// One line for a person.
    var about: String?
    var format = Format.json
    var request: MappedRequest?
    var items: JSONPath?
    var fields: [Field: [FieldExpression]] = [:]
    var next: Next?
    var stop = Stop()
    var limits = Limits()

    /// What an entry has, by the names that mappings use.
    enum Field: String, Hashable, Sendable, CaseIterable {
        case id, url, title, text, html
        case authorName = "author.name"
        case authorID = "author.id"
        case authorURL = "author.url"
        case published, updated
        case language = "lang"
        case parent, tags, likes, reposts, replies, reach, score, deleted
    }

    /// The shortest time between two requests: what the request asks for, or the share of the
    /// window that falls to one; absent where neither is known.
    package var pace: Duration? {
        let share: Duration? =
            if let requests = limits.requests, let window = limits.window, requests > 0 {
                .milliseconds(window.milliseconds / Int64(requests))
            } else { nil }
        return [request?.pace, share].compactMap { $0 }.max()
    }
}

/// Mappings by name: those that come with Earshot and a user's own, which come first.
package struct MappingSet: Hashable, Sendable {
    private let mappings: [String: Mapping]

    package static let builtIn = MappingSet()

    package init(adding own: [String: Mapping] = [:]) {
        mappings = Preset.all.merging(own) { $1 }
    }

    /// In order.
    package var names: [String] { mappings.keys.sorted() }

    package subscript(name: String?) -> Mapping? { name.flatMap { mappings[$0] } }
}
