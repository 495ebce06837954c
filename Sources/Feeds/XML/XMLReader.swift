import CXML2

/// What the handler wants after an element has begun.
enum XMLStep {
    case goOn, stop
}

/// Reads XML into a `FeedBuilder` by libxml2's push parser in recover mode, behind `XMLCleaner`.
///
/// No entity is declared or fetched, nothing is read from the network or the disk, and no tree is
/// built. The text must be UTF-8; whatever its XML declaration says of the encoding is not read.
enum XMLReader {
    /// libxml2 wants its tables made before threads share them.
    private static let isReady: Bool = {
        xmlInitParser()
        return true
    }()

    /// Reads the document that begins at `start`; what had to be mended becomes warnings.
    static func read(
        _ bytes: [UInt8], from start: Int, into builder: FeedBuilder
    ) throws(FeedError) {
        precondition(isReady)
        let session = XMLSession(builder)
        var handler = xmlSAXHandler()
        handler.initialized = earshot_xml_sax2_magic
        handler.startElementNs = startElement
        handler.endElementNs = endElement
        handler.characters = characters
        handler.cdataBlock = characters
        handler.ignorableWhitespace = characters
        handler.serror = noteError
        let context = Unmanaged.passUnretained(session).toOpaque()
        guard let parser = xmlCreatePushParserCtxt(&handler, context, nil, 0, nil) else {
            throw FeedError(.malformedXML, "The XML parser found no memory.")
        }
        defer { xmlFreeParserCtxt(parser) }
        xmlCtxtUseOptions(parser, earshot_xml_options)
        bytes.withUnsafeBufferPointer { source in
            var cleaner = XMLCleaner(UnsafeBufferPointer(rebasing: source[start...]))
            cleaner.run { piece in
                _ = piece.withMemoryRebound(to: CChar.self) {
                    xmlParseChunk(parser, $0.baseAddress, Int32($0.count), 0)
                }
                return !session.isStopped
            }
            if !session.isStopped { xmlParseChunk(parser, nil, 0, 1) }
            builder.isNetscape = cleaner.isNetscape
            builder.wasGivenUp = cleaner.wasGivenUp
            for warning in cleaner.warnings { builder.warn(warning.kind, line: warning.line) }
            if cleaner.isCut || builder.isOpen { builder.warn(.truncated) }
        }
        withExtendedLifetime(session) {}
    }
}

/// What libxml2's callbacks share.
private final class XMLSession {
    let builder: FeedBuilder
    var isStopped = false
    var depth = 0
    private var names = ElementNames()

    init(_ builder: FeedBuilder) {
        self.builder = builder
    }

    func element(
        _ local: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
        _ uri: UnsafePointer<xmlChar>?
    ) -> Element {
        names.element(local: local, prefix: prefix, uri: uri)
    }
}

private func session(_ context: UnsafeMutableRawPointer?) -> XMLSession? {
    context.map { Unmanaged<XMLSession>.fromOpaque($0).takeUnretainedValue() }
}

private let startElement: startElementNsSAX2Func = {
    context, local, prefix, uri, namespaceCount, namespaces, count, _, attributes in
    guard let session = session(context), !session.isStopped else { return }
    session.depth += 1
    guard session.depth <= FeedLimits.depth else {
        if session.depth == FeedLimits.depth + 1 { session.builder.warn(.tooDeep) }
        return
    }
    let found = XMLAttributes(
        values: attributes, count: Int(count), namespaces: namespaces,
        namespaceCount: Int(namespaceCount))
    let name = XMLName(
        element: session.element(local, prefix, uri), localName: local, namespace: uri)
    if session.builder.start(name, found) == .stop { session.isStopped = true }
}

private let endElement: endElementNsSAX2Func = { context, local, _, uri in
    guard let session = session(context), !session.isStopped else { return }
    session.depth -= 1
    guard session.depth < FeedLimits.depth else { return }
    session.builder.end(XMLName(element: .unknown, localName: local, namespace: uri))
}

private let characters: charactersSAXFunc = { context, text, count in
    guard let session = session(context), !session.isStopped, let text, count > 0 else { return }
    session.builder.characters(UnsafeBufferPointer(start: text, count: Int(count)))
}

private let noteError: xmlStructuredErrorFunc = { context, error in
    guard let session = session(context), let error = error?.pointee else { return }
    // A prefix without a declaration is read by its usual meaning.
    guard error.domain != Int32(XML_FROM_NAMESPACE.rawValue) else { return }
    session.builder.warn(.malformed, line: Int(error.line))
}

private func bytes(_ text: UnsafePointer<xmlChar>?) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text, count: text.map { Int(xmlStrlen($0)) } ?? 0)
}

/// An element's name; valid only during the call that hands it over.
struct XMLName {
    let element: Element
    fileprivate let localName: UnsafePointer<xmlChar>?
    fileprivate let namespace: UnsafePointer<xmlChar>?

    var local: UnsafeBufferPointer<UInt8> { bytes(localName) }
    var uri: UnsafeBufferPointer<UInt8> { bytes(namespace) }
}

/// An element's attributes; valid only during the call that hands them over.
struct XMLAttributes {
    /// Five pointers each: local name, prefix, URI, begin and end of the value.
    private let values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    let count: Int
    /// Two pointers each: prefix and URI.
    private let namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    private let namespaceCount: Int

    fileprivate init(
        values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int,
        namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, namespaceCount: Int
    ) {
        self.values = values
        self.count = count
        self.namespaces = namespaces
        self.namespaceCount = namespaceCount
    }

    func local(_ index: Int) -> UnsafeBufferPointer<UInt8> { bytes(values?[index * 5]) }

    func prefix(_ index: Int) -> UnsafeBufferPointer<UInt8> { bytes(values?[index * 5 + 1]) }

    /// As written, but for `&`, which libxml2 leaves as `&#38;` without entity replacement.
    func raw(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        guard let begin = values?[index * 5 + 3], let end = values?[index * 5 + 4], end >= begin
        else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: begin, count: end - begin)
    }

    func value(_ index: Int) -> String {
        let raw = raw(index)
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        var plain: [UInt8] = []
        plain.reserveCapacity(raw.count)
        var next = 0
        while next < raw.count {
            plain.append(raw[next])
            let isReference =
                raw[next] == UInt8(ascii: "&") && next + 5 <= raw.count
                && raw[(next + 1)..<(next + 5)].elementsEqual("#38;".utf8)
            next += isReference ? 5 : 1
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// The value of the first attribute of that local name, ASCII case aside, outside the
    /// namespace of XML itself; absent where there is none.
    subscript(name: StaticString) -> String? {
        for index in 0..<count where local(index).equalsIgnoringCase(name) {
            if !prefix(index).equalsIgnoringCase("xml") { return value(index) }
        }
        return nil
    }

    /// The value of `xml:NAME`.
    func xml(_ name: StaticString) -> String? {
        for index in 0..<count
        where local(index).equalsIgnoringCase(name) && prefix(index).equalsIgnoringCase("xml") {
            return value(index)
        }
        return nil
    }

    /// Whether a namespace declared here contains the lower-case ASCII `part`.
    func declares(_ part: String) -> Bool {
        for index in 0..<namespaceCount {
            let uri = String(decoding: bytes(namespaces?[index * 2 + 1]), as: UTF8.self)
            if uri.lowercased().contains(part) { return true }
        }
        return false
    }
}

extension UnsafeBufferPointer<UInt8> {
    func equalsIgnoringCase(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count
        where self[index].asciiLowercased != text.utf8Start[index].asciiLowercased {
            return false
        }
        return true
    }
}
