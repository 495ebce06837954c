/// A JSON value in memory, for documents whose shape is not known in advance.
package enum JSON: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: JSON

        package init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    case null
    case bool(Bool)
    /// As written, so that no digit is lost.
    case number(String)
    case string(String)
    case array([JSON])
    /// In written order; of two members with one name the first is found.
    case object([Member])

    package init(
        parsing bytes: [UInt8], depthLimit: Int = JSONReader.depthLimit
    ) throws(JSONError) {
        var reader = JSONReader(bytes, depthLimit: depthLimit)
        guard let first = try reader.next() else {
            throw JSONError(offset: 0, reason: "no value")
        }
        self = try JSON(first, from: &reader)
        if try reader.next() != nil {
            throw JSONError(offset: reader.offset, reason: "text after the value")
        }
    }

    /// The value that `token` begins, read to its end.
    package init(_ token: JSONReader.Token, from reader: inout JSONReader) throws(JSONError) {
        switch token {
        case .null: self = .null
        case .bool(let bool): self = .bool(bool)
        case .number(let text): self = .number(text)
        case .string(let text): self = .string(text)
        case .beginArray:
            var elements: [JSON] = []
            while let next = try reader.next(), next != .endArray {
                elements.append(try JSON(next, from: &reader))
            }
            self = .array(elements)
        case .beginObject:
            var members: [Member] = []
            while case .name(let name)? = try reader.next() {
                guard let value = try reader.next() else { break }
                members.append(Member(name, try JSON(value, from: &reader)))
            }
            self = .object(members)
        case .endArray, .endObject, .name:
            throw JSONError(offset: reader.offset, reason: "expected a value")
        }
    }

    package subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    package var bool: Bool? {
        guard case .bool(let bool) = self else { return nil }
        return bool
    }

    /// Absent where the number is no integer of 64 bits.
    package var int: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    package var double: Double? {
        guard case .number(let text) = self else { return nil }
        return Double(text)
    }

    package var array: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    package var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }
}
