/// The header fields of one response, as the bytes that came.
///
/// Kept raw and searched on demand: a fetch asks for a few of some twenty fields.
package struct HeaderFields: Hashable, Sendable {
    /// The status line and the fields, with their line ends.
    private var bytes: [UInt8] = []
    /// Whether the empty line has come that ends them.
    private(set) var areWhole = false

    /// Value of the first field of that name, given in lower case, blanks around it removed.
    ///
    /// Bytes are read as ISO 8859-1, one scalar each, so that a validator goes back to its server
    /// byte for byte, whatever it holds.
    package subscript(name: String) -> String? {
        let name = name.utf8
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0a) {
            let line = bytes[start..<end]
            start = end + 1
            guard line.count > name.count, line[line.startIndex + name.count] == 0x3a,
                zip(line, name).allSatisfy({ Self.lower($0) == $1 })
            else { continue }
            return Self.text(of: line.dropFirst(name.count + 1))
        }
        return nil
    }

    /// Takes a line as libcurl hands it over.
    ///
    /// A status line begins a new response: what an interim one held is forgotten.
    mutating func take(line: UnsafeRawBufferPointer) {
        if line.starts(with: "HTTP/".utf8) { self = HeaderFields() }
        if line.first == 0x0d || line.first == 0x0a { areWhole = true }
        bytes.append(contentsOf: line)
    }

    var isHTTP1: Bool { bytes.starts(with: "HTTP/1".utf8) }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
    }

    private static func text(of value: ArraySlice<UInt8>) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d }
        var value = value.drop(while: isBlank)
        while let last = value.last, isBlank(last) { value.removeLast() }
        var text = String.UnicodeScalarView()
        for byte in value { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }
}

/// A header field to be sent.
package struct HeaderField: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// The NUL-terminated line for libcurl; nil where it cannot be sent as one field.
    ///
    /// Scalars above U+00FF have no byte here; a line end would split the request.
    var line: [CChar]? {
        var line: [CChar] = []
        for scalar in (name + ": " + value).unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value), byte >= 0x20 || byte == 0x09,
                byte != 0x7f
            else { return nil }
            line.append(CChar(bitPattern: byte))
        }
        line.append(0)
        return line
    }
}
