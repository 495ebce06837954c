import EarshotWire

/// A place in JSON, in the manner of JSONPath (RFC 9535), as far as mappings need it.
///
/// `$.a.b` and `a.b` go into members, `["a b"]` into one whose name is not plain, `[3]` takes an
/// element and `[-1]` the last, `[*]` all of them, `[id=$.x]` and `[a.rel="next"]` those in which a
/// place holds a value. `$` is the item that is read, `$$` the document around it. A value that is
/// no list counts as a list of one, because publishers write so where there is but one.
struct JSONPath: Hashable, Sendable {
    indirect enum Step: Hashable, Sendable {
        case member(String)
        case element(Int)
        case all
        case matching([String], Operand)
    }

    /// What a filter compares with.
    enum Operand: Hashable, Sendable {
        case text(String)
        case path(JSONPath)
    }

    /// Whether it begins at the document.
    let isFromDocument: Bool
    let steps: [Step]

    /// Values that a path gives at most, and elements that a filter looks at: as many as one page of
    /// any platform has, so that hostile pages cost no more than their size (chosen).
    private static let limit = FeedLimits.list
    private static let filterLimit = 100

    init(isFromDocument: Bool = false, steps: [Step]) {
        self.isFromDocument = isFromDocument
        self.steps = steps
    }

    init(_ text: String) throws(MappingError) {
        var scanner = ExpressionScanner(text)
        self = try scanner.path()
        try scanner.expectEnd()
    }

    /// In document order; empty where the place does not exist.
    func values(in item: JSON, of document: MappedDocument) -> [JSON] {
        guard isFromDocument else { return Self.follow(steps[...], from: [item], item, document) }
        let filter = steps.firstIndex(where: \.isFilter) ?? steps.endIndex
        return Self.follow(
            steps[filter...], from: document.values(of: Array(steps[..<filter])), item, document)
    }

    /// The items of a document: as many as it has.
    func items(of document: MappedDocument) -> [JSON] {
        Self.follow(
            steps[...], from: [document.root], document.root, document,
            limit: FeedLimits.entries + 1)
    }

    static func follow(
        _ steps: ArraySlice<Step>, from start: [JSON], _ item: JSON, _ document: MappedDocument,
        limit: Int = JSONPath.limit
    ) -> [JSON] {
        var found = start
        for step in steps {
            switch step {
            case .member(let name): found = found.compactMap { $0[name] }
            case .element(let index):
                found = found.compactMap { value in
                    let elements = value.elements(limit: index < 0 ? .max : index + 1)
                    let place = index < 0 ? elements.count + index : index
                    return elements.indices.contains(place) ? elements[place] : nil
                }
            case .all: found = found.flatMap { $0.elements(limit: limit) }
            case .matching(let names, let operand):
                let wanted: [String]
                switch operand {
                case .text(let text): wanted = [text]
                case .path(let path):
                    wanted = path.values(in: item, of: document).prefix(1).compactMap(\.scalar)
                }
                found = found.flatMap { value in
                    value.elements(limit: filterLimit).filter { element in
                        var place: JSON? = element
                        for name in names { place = place?[name] }
                        return place?.scalar.map { wanted.contains($0) } ?? false
                    }
                }
            }
            if found.count > limit { found.removeLast(found.count - limit) }
        }
        return found
    }
}

extension JSONPath.Step {
    fileprivate var isFilter: Bool {
        if case .matching = self { true } else { false }
    }
}

/// A document that a mapping reads; what lies outside its items is looked up once.
final class MappedDocument {
    let root: JSON
    private var found: [[JSONPath.Step]: [JSON]] = [:]

    init(_ root: JSON) {
        self.root = root
    }

    func values(of steps: [JSONPath.Step]) -> [JSON] {
        if let known = found[steps] { return known }
        let values = JSONPath.follow(steps[...], from: [root], root, self)
        found[steps] = values
        return values
    }
}

extension JSON {
    fileprivate func elements(limit: Int) -> [JSON] {
        array(limit: limit) ?? (isNull ? [] : [self])
    }

    /// A text or a number as text, trimmed; absent where it is neither, or empty.
    var scalar: String? {
        if let number { return number }
        guard let text = string?.trimmedBlanks, !text.isEmpty else { return nil }
        return text
    }
}
