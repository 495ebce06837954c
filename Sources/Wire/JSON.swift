/// A JSON value: a place in a document that was read whole.
///
/// Texts and numbers stay bytes of the document until they are asked for, so that a value costs
/// nothing that nobody looks at.
package struct JSON: Sendable {
    /// The bytes and where each value stands in them; shared by all values of the document.
    private final class Document: Sendable {
        let bytes: [UInt8]
        let nodes: [JSONNode]

        init(bytes: [UInt8], nodes: [JSONNode]) {
            self.bytes = bytes
            self.nodes = nodes
        }
    }

    package enum Kind: Hashable, Sendable {
        case null, bool, number, string, array, object
    }

    package struct Member: Sendable {
        package let name: String
        package let value: JSON
    }

    private let document: Document
    private let index: Int

    /// Levels of nesting before a document is refused; the research note on feeds.
    package static let depthLimit = 64

    package init(
        parsing bytes: [UInt8], depthLimit: Int = JSON.depthLimit
    ) throws(JSONError) {
        let nodes = try JSONReader.nodes(of: bytes, depthLimit: depthLimit)
        document = Document(bytes: bytes, nodes: nodes)
        index = 0
    }

    private init(_ document: Document, _ index: Int) {
        self.document = document
        self.index = index
    }

    private var node: JSONNode { document.nodes[index] }

    package var kind: Kind {
        switch node.kind {
        case .null: .null
        case .yes, .no: .bool
        case .number: .number
        case .plainString, .escapedString: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Of two members with one name the first is found.
    package subscript(name: String) -> JSON? {
        let node = self.node
        guard node.kind == .object else { return nil }
        var name = name
        return name.withUTF8 { name in
            document.nodes.withUnsafeBufferPointer { nodes in
                document.bytes.withUnsafeBufferPointer { bytes in
                    var child = index + 1
                    while child < Int(node.next) {
                        if nodes[child].isNamed(name, in: bytes) {
                            return JSON(document, child + 1)
                        }
                        child = Int(nodes[child + 1].next)
                    }
                    return nil
                }
            }
        }
    }

    package var string: String? {
        withText { text in String(decoding: text, as: UTF8.self) }
    }

    /// The bytes of a string, its escapes decoded; UTF-8 where the document is.
    package var utf8: [UInt8]? {
        withText { text in Array(text) }
    }

    /// As written, so that no digit is lost.
    package var number: String? {
        guard node.kind == .number else { return nil }
        return String(decoding: document.bytes[range], as: UTF8.self)
    }

    package var bool: Bool? {
        switch node.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    package var isNull: Bool { node.kind == .null }

    /// Absent where the number is no integer of 64 bits.
    package var int: Int? { number.flatMap { Int($0) } }

    package var double: Double? { number.flatMap { Double($0) } }

    package var array: [JSON]? { array(limit: .max) }

    /// The first `limit` elements.
    package func array(limit: Int) -> [JSON]? {
        let node = self.node
        guard node.kind == .array else { return nil }
        var elements: [JSON] = []
        var child = index + 1
        while child < Int(node.next), elements.count < limit {
            elements.append(JSON(document, child))
            child = Int(document.nodes[child].next)
        }
        return elements
    }

    /// In written order.
    package var members: [Member]? {
        let node = self.node
        guard node.kind == .object else { return nil }
        var members: [Member] = []
        var child = index + 1
        while child < Int(node.next) {
            members.append(
                Member(
                    name: JSON(document, child).string ?? "", value: JSON(document, child + 1)))
            child = Int(document.nodes[child + 1].next)
        }
        return members
    }

    /// The value anew, without blanks and needless escapes.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    private var range: Range<Int> { Int(node.start)..<Int(node.end) }

    /// Gives `body` the text of a string; absent where this is none.
    private func withText<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        switch node.kind {
        case .plainString:
            return document.bytes.withUnsafeBufferPointer { bytes in
                body(UnsafeBufferPointer(rebasing: bytes[range]))
            }
        case .escapedString:
            var plain: [UInt8] = []
            document.bytes.withUnsafeBufferPointer { bytes in
                JSONEscapes.decode(UnsafeBufferPointer(rebasing: bytes[range]), into: &plain)
            }
            return plain.withUnsafeBufferPointer(body)
        default: return nil
        }
    }
}

extension JSONNode {
    fileprivate func isNamed(
        _ name: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let own = UnsafeBufferPointer(rebasing: bytes[Int(start)..<Int(end)])
        guard kind == .escapedString else {
            return own.count == name.count && own.elementsEqual(name)
        }
        var plain: [UInt8] = []
        JSONEscapes.decode(own, into: &plain)
        return plain.elementsEqual(name)
    }
}
