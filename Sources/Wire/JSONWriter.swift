package import EarshotDomain

/// Writes JSON as bytes, compact, commas set by itself; what is written twice is the same bytes.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    /// Whether the next value or name needs a comma before it.
    private var needsComma = false

    package init() {}

    /// A string as JSON.
    package static func quoted(_ text: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.quote(text)
        return writer.bytes
    }

    /// Forgets what was written and keeps the memory.
    package mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// Exchanges what was written for `other`, so that a writer adds to bytes that its caller holds.
    package mutating func exchange(_ other: inout [UInt8]) { swap(&bytes, &other) }

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    package mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func string(_ text: String) {
        separate()
        quote(text)
        needsComma = true
    }

    package mutating func int(_ number: some BinaryInteger) { raw("\(number)") }

    /// The shortest decimal that reads back as the same double; `null` where there is none.
    package mutating func double(_ number: Double) {
        guard number.isFinite else { return null() }
        raw(number == 0 ? "0" : "\(number)")
    }

    /// With at most `places` decimals, for people and stable files; halves go away from zero.
    package mutating func double(_ number: Double, places: Int) {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        double((number * scale).rounded() / scale)
    }

    package mutating func bool(_ bool: Bool) { raw(bool ? "true" : "false") }
    package mutating func null() { raw("null") }

    /// Bytes that are JSON already, such as an id that is echoed.
    package mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    package mutating func raw(_ json: String) { raw(json.utf8) }

    package mutating func value(_ json: JSON) {
        switch json.kind {
        case .null: null()
        case .bool: bool(json.bool ?? false)
        case .number: raw(json.number ?? "0")
        case .string: string(json.string ?? "")
        case .array:
            beginArray()
            for element in json.array ?? [] { value(element) }
            endArray()
        case .object:
            beginObject()
            for member in json.members ?? [] {
                name(member.name)
                value(member.value)
            }
            endObject()
        }
    }

    package mutating func member(_ name: String, _ text: String?) {
        guard let text else { return }
        self.name(name)
        string(text)
    }

    package mutating func member(_ name: String, _ number: Int?) {
        guard let number else { return }
        self.name(name)
        int(number)
    }

    package mutating func member(_ name: String, _ moment: Timestamp?) {
        member(name, moment?.rfc3339)
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { text in
            var start = 0
            for index in 0..<text.count where Self.isEscaped(text[index]) {
                if index > start {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
                }
                escape(text[index])
                start = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    @inline(__always)
    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            let digits: StaticString = "0123456789abcdef"
            bytes.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
            bytes.append(digits.utf8Start[Int(byte >> 4)])
            bytes.append(digits.utf8Start[Int(byte & 15)])
        }
    }
}
