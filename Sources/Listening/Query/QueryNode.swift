import EarshotLanguage

/// A word of a query.
package struct Term: Hashable, Sendable {
    /// Folded; as written (after rule A1) in an exact phrase.
    package let bytes: [UInt8]
    /// Of the folded bytes, also in an exact phrase.
    package let hash: UInt64

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A query as a tree.
///
/// A span expression is a phrase, wildcard, exact phrase, NEAR, or an OR of
/// span expressions.
package indirect enum QueryNode: Hashable, Sendable {
    case or([QueryNode])
    case and([QueryNode])
    case not(QueryNode)
    /// A chain of NEARs, left to right.
    case near(QueryNode, [NearStep])
    /// Words in adjacent positions; with `within`, in any order with at most so many other
    /// positions inside (0…100, at most 8 words).
    case phrase([Term], within: Int?)
    /// Folded, with `*` for any run and `?` for one character.
    case wildcard([UInt8])
    case exact([Term])
    /// A span expression that must lie in the title.
    case title(QueryNode)
    case hashtag(Term)
    case mention(Term)
    case cashtag(Term)
    /// Folded, without `@`.
    case author([UInt8])
    /// Host, lower case, without `www.`.
    case site([UInt8])
    /// Tag, lower case.
    case language([UInt8])
    /// Part of an address, lower case, without scheme and `www.`.
    case url([UInt8])

    package struct NearStep: Hashable, Sendable {
        /// Most positions between, 0…100.
        package let distance: Int
        /// The left side comes first.
        package let isOrdered: Bool
        package let operand: QueryNode
    }

    var isSpan: Bool {
        switch self {
        case .phrase, .wildcard, .exact, .near: true
        case .or(let parts): parts.allSatisfy(\.isSpan)
        default: false
        }
    }

    /// Whether it can match only documents that hold something: no part stands under NOT alone.
    var hasPositive: Bool {
        switch self {
        case .not: false
        case .and(let parts): parts.contains(where: \.hasPositive)
        case .or(let parts): parts.allSatisfy(\.hasPositive)
        default: true
        }
    }
}
