import EarshotDomain
package import EarshotWire

/// The form in which mappings are written, the same in `Presets/` (JSON) and in the configuration
/// (YAML). All scalars may be texts.
///
///     about: one line
///     format: json | feed
///     request:
///       url: "https://{host}/search?q={query}"      # values are percent-encoded
///       query: {since: "{since}", page: "{page}"}   # left out where a value is absent
///       headers: {authorization: "Bearer {token}"}
///       defaults: {host: example.org}
///       pace: 1s
///     items: "$.posts[*]"
///     fields: {id: $.id, html: [$.body, $.excerpt], published: epoch($.created)}
///     next: {link: next} | {path: $.cursor} | {page: {first: 1, last: 10, full: 50}}
///         | {offset: {full: 50}} | {min-id: $.id}
///     stop: {known-id: true, older-than: 7d, pages: 5}
///     limits: {requests: 300, per: 5m, remaining: x-ratelimit-remaining, reset: x-ratelimit-reset}
///
/// A request knows `{query}` and whatever else its source names, `{token}` (in `query` and
/// `headers` only, so that no address shows it), and of its walk `{cursor}`, `{page}`, `{offset}`,
/// `{min-id}` and the time from which it wants entries: `{since}` (RFC 3339), `{since.epoch}`
/// (seconds), `{since.date}` (`2026-03-01`), `{since.compact}` (`20260301120000`). The first walk has
/// no such time: `{' after:'since.date}` brings its words only where it has. `{until}` and
/// `{until.epoch}` stand where a platform's pages end before its entries do: what is older is asked
/// for by them.
extension Mapping {
    package init(parsing text: String) throws(MappingError) {
        let json: JSON
        do {
            json = try JSON(parsing: Array(text.utf8))
        } catch {
            throw MappingError("this is no JSON: \(error.reason) at byte \(error.offset)")
        }
        try self.init(json)
    }

    package init(_ json: JSON) throws(MappingError) {
        let root = MappingNode(json)
        let members = try root.members(
            allowed: ["about", "format", "request", "items", "fields", "next", "stop", "limits"])
        about = try members["about"]?.text()
        format = try members["format"]?.choice(Format.self) ?? .json
        request = try members["request"]?.request()
        items = try members["items"]?.path()
        fields = try members["fields"]?.fields() ?? [:]
        next = try members["next"]?.next()
        stop = try members["stop"]?.stop() ?? Stop()
        limits = try members["limits"]?.limits() ?? Limits()
        switch format {
        case .json:
            guard items != nil else { throw root.error("'items' is missing") }
            guard fields[.id] != nil || fields[.url] != nil else {
                throw root.error("'fields' needs id or url, by which an entry is known again")
            }
        case .feed:
            guard items == nil else {
                throw root.error("a feed's items are its entries; 'items' has no use here")
            }
            if case .minID = next { throw root.error("a feed has no 'min-id'") }
            if case .path = next { throw root.error("a feed has no paths; use 'link' or 'page'") }
        }
    }
}

extension RequestTemplate {
    /// A value that may be absent and takes the search's words with it.
    fileprivate func vanishing(defaults: [String: String]) -> String? {
        guard needed.contains(MappedRequest.query) else { return nil }
        return needed.first { name in
            let isOwn = name == MappedRequest.query || name == "page" || name == "offset"
            return !isOwn && defaults[name] == nil
        }
    }
}

/// A value of a mapping that is being read.
private struct MappingNode {
    let json: JSON

    init(_ json: JSON) {
        self.json = json
    }

    func error(_ reason: String) -> MappingError { MappingError(reason) }

    /// Members with the place at which each complaint stands.
    struct Member {
        let name: String
        let node: MappingNode

        func error(_ reason: String) -> MappingError { node.error(reason).inside(name) }

        func misnamed(_ reason: String) -> MappingError {
            var error = error(reason)
            error.isAboutName = true
            return error
        }

        func reading<Value>(
            _ read: (MappingNode) throws(MappingError) -> Value
        ) throws(MappingError) -> Value {
            do { return try read(node) } catch { throw error.inside(name) }
        }

        func text() throws(MappingError) -> String {
            try reading { node throws(MappingError) in try node.text() }
        }

        func choice<Choice: RawRepresentable & CaseIterable>(
            _ type: Choice.Type
        ) throws(MappingError) -> Choice where Choice.RawValue == String {
            let text = try text()
            guard let choice = Choice(rawValue: text) else {
                let known = Choice.allCases.map(\.rawValue).joined(separator: " or ")
                throw error("expected \(known)")
            }
            return choice
        }

        func number() throws(MappingError) -> Int {
            guard let number = Int(try text()), (0...1_000_000).contains(number) else {
                throw error("expected a whole number")
            }
            return number
        }

        func bool() throws(MappingError) -> Bool {
            if let bool = node.json.bool { return bool }
            switch node.json.string {
            case "true": return true
            case "false": return false
            default: throw error("expected true or false")
            }
        }

        func duration() throws(MappingError) -> Duration {
            guard let duration = MappingNode.duration(try text()) else {
                throw error("expected a duration with its unit: 500ms, 20s, 15m, 6h, 1d")
            }
            return duration
        }

        func path() throws(MappingError) -> JSONPath {
            try reading { node throws(MappingError) in try JSONPath(try node.text()) }
        }

        func template() throws(MappingError) -> RequestTemplate {
            try reading { node throws(MappingError) in try RequestTemplate(try node.text()) }
        }

        func expressions() throws(MappingError) -> [FieldExpression] {
            try reading { node throws(MappingError) in
                guard let elements = node.json.array else {
                    return [try FieldExpression(try node.text())]
                }
                var expressions: [FieldExpression] = []
                for (index, element) in elements.enumerated() {
                    let member = Member(name: "\(index)", node: MappingNode(element))
                    expressions.append(
                        try member.reading { node throws(MappingError) in
                            try FieldExpression(try node.text())
                        })
                }
                return expressions
            }
        }

        func all() throws(MappingError) -> [(String, Member)] {
            try reading { node throws(MappingError) in try node.all() }
        }

        func members(allowed: [String]) throws(MappingError) -> [String: Member] {
            try reading { node throws(MappingError) in try node.members(allowed: allowed) }
        }
    }

    func text() throws(MappingError) -> String {
        if let text = json.scalar { return text }
        if let bool = json.bool { return bool ? "true" : "false" }
        throw error("expected a text")
    }

    /// In written order, each at most once.
    func all() throws(MappingError) -> [(String, Member)] {
        guard let members = json.members else { throw error("expected names and values") }
        var seen: Set<String> = []
        var all: [(String, Member)] = []
        for member in members {
            guard seen.insert(member.name).inserted else {
                throw error("'\(member.name)' stands here twice").inside(member.name)
            }
            all.append(
                (member.name, Member(name: member.name, node: MappingNode(member.value))))
        }
        return all
    }

    func members(allowed: [String]) throws(MappingError) -> [String: Member] {
        var members: [String: Member] = [:]
        for (name, member) in try all() {
            guard allowed.contains(name) else {
                throw member.misnamed(
                    "unknown key '\(name)'; known here: \(allowed.joined(separator: ", "))")
            }
            members[name] = member
        }
        return members
    }

    static func duration(_ text: String) -> Duration? {
        let units = ["ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        let digits = text.utf8.prefix { $0.isASCIIDigit }.count
        guard (1...9).contains(digits), let count = Int64(text.prefix(digits)),
            let unit = units[String(text.dropFirst(digits)).trimmedBlanks]
        else { return nil }
        return .milliseconds(count * Int64(unit))
    }
}

extension MappingNode.Member {
    fileprivate func fields() throws(MappingError) -> [Mapping.Field: [FieldExpression]] {
        var fields: [Mapping.Field: [FieldExpression]] = [:]
        do throws(MappingError) {
            for (name, member) in try node.all() {
                guard let field = Mapping.Field(rawValue: name) else {
                    let known = Mapping.Field.allCases.map(\.rawValue).joined(separator: ", ")
                    throw member.misnamed("there is no field '\(name)'; known: \(known)")
                }
                fields[field] = try member.expressions()
            }
        } catch {
            throw error.inside(name)
        }
        return fields
    }

    fileprivate func request() throws(MappingError) -> MappedRequest {
        let members = try members(allowed: ["url", "query", "headers", "defaults", "pace"])
        guard let url = members["url"] else { throw error("'url' is missing") }
        var request: MappedRequest
        do throws(MappingError) {
            request = MappedRequest(url: try url.template())
            guard !request.url.names.contains(MappedRequest.token) else {
                throw url.error("a token in an address is seen by all; use headers or query")
            }
            for (name, member) in try members["defaults"]?.all() ?? [] {
                request.defaults[name] = try member.text()
            }
            for (name, member) in try members["query"]?.all() ?? [] {
                let value = try member.template()
                guard let vanishing = value.vanishing(defaults: request.defaults) else {
                    request.query.append(.init(name: name, value: value))
                    continue
                }
                throw member.error(
                    "'{query}' would be left out where there is no '\(vanishing)'; write "
                        + "{'words before it'\(vanishing)}"
                ).inside("query")
            }
            for (name, member) in try members["headers"]?.all() ?? [] {
                request.headers.append(.init(name: name, value: try member.template()))
            }
            request.pace = try members["pace"]?.duration()
        } catch {
            throw error.inside(name)
        }
        return request
    }

    fileprivate func next() throws(MappingError) -> Mapping.Next {
        let members = try members(allowed: ["link", "path", "page", "offset", "min-id"])
        guard members.count == 1, let (kind, member) = members.first else {
            throw error("expected one of link, path, page, offset, min-id")
        }
        do throws(MappingError) {
            switch kind {
            case "link": return .link(try member.text())
            case "path": return .path(try member.path())
            case "page":
                let page = try member.members(allowed: ["first", "last", "full"])
                return .page(
                    first: try page["first"]?.number() ?? 1,
                    last: try page["last"]?.number() ?? .max, full: try page["full"]?.number())
            case "offset":
                let page = try member.members(allowed: ["full"])
                return .offset(full: try page["full"]?.number())
            default:
                let path = try member.text()
                do { return .minID(try FieldExpression(path)) } catch { throw error.inside(kind) }
            }
        } catch {
            throw error.inside(name)
        }
    }

    fileprivate func stop() throws(MappingError) -> Mapping.Stop {
        let members = try members(allowed: ["known-id", "older-than", "pages"])
        do throws(MappingError) {
            var stop = Mapping.Stop()
            stop.knownID = try members["known-id"]?.bool() ?? stop.knownID
            stop.olderThan = try members["older-than"]?.duration()
            if let pages = members["pages"] {
                stop.pages = try pages.number()
                guard stop.pages > 0 else { throw pages.error("expected 1 or more") }
            }
            return stop
        } catch {
            throw error.inside(name)
        }
    }

    fileprivate func limits() throws(MappingError) -> Mapping.Limits {
        let members = try members(allowed: ["requests", "per", "remaining", "reset"])
        do throws(MappingError) {
            guard (members["requests"] == nil) == (members["per"] == nil) else {
                throw MappingError("'requests' and 'per' go together")
            }
            return Mapping.Limits(
                requests: try members["requests"]?.number(),
                window: try members["per"]?.duration(),
                remaining: try members["remaining"]?.text().lowercased(),
                reset: try members["reset"]?.text().lowercased())
        } catch {
            throw error.inside(name)
        }
    }
}
