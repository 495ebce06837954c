import EarshotDomain

/// A text with places for values: `/tag/{query}?since={since.epoch}`.
///
/// A place may bring words that stand there only where its value does: `{query}{' after:'since}`.
struct RequestTemplate: Hashable, Sendable {
    private enum Piece: Hashable, Sendable {
        case text(String)
        case value(String)
        case optional(words: String, String)
    }

    private let pieces: [Piece]

    init(_ text: String) throws(MappingError) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            var start = rest.index(after: open)
            var words: String?
            if rest[start...].hasPrefix("'") {
                let begin = rest.index(after: start)
                guard let quote = rest[begin...].firstIndex(of: "'") else {
                    throw MappingError("'\(text)': a quote does not end")
                }
                words = String(rest[begin..<quote])
                start = rest.index(after: quote)
            }
            guard let close = rest[start...].firstIndex(of: "}") else {
                throw MappingError("'\(text)': a '{' has no '}'")
            }
            let name = String(rest[start..<close])
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isPlain) else {
                throw MappingError("'\(text)': '{\(name)}' is no name of a value")
            }
            pieces.append(words.map { .optional(words: $0, name) } ?? .value(name))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    /// The values it has places for, in order.
    var names: [String] {
        pieces.compactMap { piece in
            switch piece {
            case .text: nil
            case .value(let name), .optional(_, let name): name
            }
        }
    }

    /// Those without which it is absent.
    var needed: [String] {
        pieces.compactMap { if case .value(let name) = $0 { name } else { nil } }
    }

    /// Absent where one of its values is.
    func filled(
        _ value: (String) -> String?, encoded encode: (String) -> String = { $0 }
    ) -> String? {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let words): text += words
            case .value(let name):
                guard let value = value(name) else { return nil }
                text += encode(value)
            case .optional(let words, let name):
                if let value = value(name) { text += words + encode(value) }
            }
        }
        return text
    }
}

/// A request as a mapping describes it, before its values are known.
struct MappedRequest: Hashable, Sendable {
    struct Parameter: Hashable, Sendable {
        let name: String
        let value: RequestTemplate
    }

    var url: RequestTemplate
    /// Sent in this order; one is left out where it has no value.
    var query: [Parameter] = []
    var headers: [Parameter] = []
    /// Values of parameters that a source leaves open.
    var defaults: [String: String] = [:]
    /// Between the starts of two requests.
    var pace: Duration?

    /// What the walk through the pages gives.
    static let walked: Set<String> = [
        "since", "since.epoch", "since.date", "since.compact", "cursor", "page", "offset",
        "min-id", "until", "until.epoch",
    ]
    /// Of those the ones that a first request does not have.
    static let later = walked.subtracting(["page", "offset"])
    static let query = "query"
    static let token = "token"

    /// What a source has to say, and what it may.
    var required: [String] {
        var names: [String] = []
        let queried = query.flatMap(\.value.needed).filter { $0 == Self.query }
        for name in url.needed + queried
        where !Self.walked.contains(name) && defaults[name] == nil && !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// Whether it can ask for what is new alone.
    var asksSince: Bool {
        (url.names + query.flatMap(\.value.names)).contains { $0.hasPrefix("since") }
    }

    /// Whether it can ask for what is older than a time.
    var asksUntil: Bool {
        (url.names + query.flatMap(\.value.names)).contains { $0.hasPrefix("until") }
    }

    var known: [String] {
        let all = url.names + (query + headers).flatMap(\.value.names)
        return Set(all).subtracting(Self.walked).sorted()
    }

    /// - Parameter values: by name; a place without one is as its parameter says.
    func page(_ values: [String: String]) throws(MappingError) -> PageRequest {
        let value = { (name: String) in values[name] ?? defaults[name] }
        let missing = required.filter { values[$0] == nil }
        guard missing.isEmpty, var address = url.filled(value, encoded: PercentCoding.encoded)
        else {
            throw MappingError("it needs \(missing.joined(separator: ", "))")
        }
        for parameter in query {
            guard let text = parameter.value.filled(value) else { continue }
            address += address.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
            address += PercentCoding.encoded(parameter.name) + "=" + PercentCoding.encoded(text)
        }
        return PageRequest(url: address, headers: fields(value))
    }

    /// A page of a source that has an address of its own: what the walk gives is added to it, in
    /// place of parameters of that name.
    func page(_ values: [String: String], at address: String) -> PageRequest {
        let value = { (name: String) in values[name] ?? defaults[name] }
        var reference = URLReference(address)
        for parameter in query where !Self.walked.isDisjoint(with: parameter.value.names) {
            guard let text = parameter.value.filled(value) else { continue }
            let name = PercentCoding.encoded(parameter.name)
            var parts = reference.query?.split(separator: "&").map(String.init) ?? []
            parts.removeAll { part in
                let own = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return own.first.map { PercentCoding.decoded(String($0)) } == parameter.name
            }
            reference.query =
                (parts + [name + "=" + PercentCoding.encoded(text)]).joined(separator: "&")
        }
        return PageRequest(url: reference.text, headers: fields(value))
    }

    private func fields(_ value: (String) -> String?) -> [PageRequest.Field] {
        headers.compactMap { header in
            header.value.filled(value).map { PageRequest.Field(name: header.name, value: $0) }
        }
    }
}

/// A request for one page.
package struct PageRequest: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    package var url: String
    package var headers: [Field] = []
}
