import EarshotWire

/// A place in JSON: names parted by dots, `[3]` for an element, `[*]` for all of them.
struct JSONPath: Hashable, Sendable, ExpressibleByStringLiteral {
    private enum Step: Hashable {
        case member(String)
        case element(Int)
        case all
    }

    private let steps: [Step]

    init(stringLiteral text: String) {
        self.init(text)
    }

    init(_ text: String) {
        steps = text.split { $0 == "." || $0 == "[" }.compactMap { part in
            guard part.hasSuffix("]") else { return part == "$" ? nil : .member(String(part)) }
            let index = part.dropLast()
            return index == "*" ? .all : Int(index).map { .element($0) }
        }
    }

    /// In document order; empty where the place does not exist.
    func values(in json: JSON) -> [JSON] {
        var found = [json]
        for step in steps {
            switch step {
            case .member(let name): found = found.compactMap { $0[name] }
            case .element(let index):
                found = found.compactMap { value in
                    guard let elements = value.array, elements.indices.contains(index) else {
                        return nil
                    }
                    return elements[index]
                }
            case .all: found = found.flatMap { $0.array ?? [] }
            }
        }
        return found
    }
}
