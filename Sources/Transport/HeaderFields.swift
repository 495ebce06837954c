/// The header fields of one response, as the bytes that came.
///
/// Kept raw and searched on demand: a fetch asks for a few of some twenty fields.
package struct HeaderFields: Hashable, Sendable {
    /// The status line and the fields, with their line ends.
    private var bytes: [UInt8] = []
    /// Whether the empty line has come that ends them.
    private(set) var areWhole = false
    /// What `Content-Length` says; nil where it is absent.
    private(set) var contentLength: [UInt8]?
    /// Whether two of them differ: then nobody knows where the body ends, and whoever sits between
    /// us and the server may have read it otherwise (RFC 9112, section 6.3).
    private(set) var isLengthContradictory = false

    /// Value of the first field of that name, given in lower case, blanks around it removed.
    ///
    /// Bytes are read as ISO 8859-1, one scalar each, so that a validator goes back to its server
    /// byte for byte, whatever it holds.
    package subscript(name: String) -> String? {
        values(of: name).first
    }

    /// Values of all fields of that name, joined by commas, which a list field may be cut at
    /// (RFC 9110, section 5.3).
    package func list(_ name: String) -> String? {
        let values = values(of: name)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Takes a line as libcurl hands it over.
    ///
    /// A status line begins a new response: what an interim one held is forgotten. Trailers are
    /// left out: they come too late to say how a body is to be read.
    mutating func take(line: UnsafeRawBufferPointer) {
        if areWhole {
            guard line.starts(with: "HTTP/".utf8) else { return }
            self = HeaderFields()
        }
        if line.first == 0x0d || line.first == 0x0a { areWhole = true }
        if let value = Self.value(of: "content-length", in: line) { compare(length: value) }
        bytes.append(contentsOf: line)
    }

    private mutating func compare(length value: some Collection<UInt8>) {
        for length in value.split(separator: 0x2c, omittingEmptySubsequences: false) {
            let length = Self.trimmed(length)
            isLengthContradictory =
                isLengthContradictory || contentLength.map { $0 != length } ?? false
            contentLength = length
        }
    }

    private func values(of name: String) -> [String] {
        var values: [String] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0a) {
            if let value = Self.value(of: name, in: bytes[start..<end]) {
                values.append(Self.text(of: value))
            }
            start = end + 1
        }
        return values
    }

    /// What follows the colon, where the line is a field of that name, given in lower case.
    private static func value<Line: RandomAccessCollection<UInt8>>(
        of name: String, in line: Line
    ) -> Line.SubSequence? {
        let name = name.utf8
        guard line.count > name.count,
            line[line.index(line.startIndex, offsetBy: name.count)] == 0x3a,
            zip(line, name).allSatisfy({ lower($0) == $1 })
        else { return nil }
        return line.dropFirst(name.count + 1)
    }

    /// Whether the body comes as it is.
    var nameNoCoding: Bool {
        list("content-encoding").map { $0.lowercased() == "identity" } ?? true
    }

    var isHTTP1: Bool { bytes.starts(with: "HTTP/1".utf8) }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
    }

    private static func trimmed(_ value: some Collection<UInt8>) -> [UInt8] {
        let isBlank = { (byte: UInt8) in
            byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a
        }
        var value = Array(value.drop(while: isBlank))
        while let last = value.last, isBlank(last) { value.removeLast() }
        return value
    }

    private static func text(of value: some Collection<UInt8>) -> String {
        let value = trimmed(value)
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
