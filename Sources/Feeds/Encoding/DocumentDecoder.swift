/// A document as UTF-8, every sequence a character.
struct DecodedDocument {
    var bytes: [UInt8]
    var encoding: String
    /// Whether there is no control but tab and line feed, no U+FFFE and no U+FFFF.
    var isPlain: Bool
    var warnings: [FeedWarning] = []
}

/// Finds out what encoding a document is in, and decodes it.
///
/// The order is that of the research note on feeds, section 4: byte order mark; first bytes of
/// UTF-16 and UTF-32 (XML 1.0, appendix F); UTF-8 that is valid and not only ASCII wins over every
/// label; the label of HTTP, then that of the XML declaration (RFC 7303, section 3); UTF-8 with
/// repairs where at most 1 in 1,000 sequences is bad; else windows-1252.
struct DocumentDecoder {
    /// Charset parameter of the Content-Type header.
    let httpLabel: String?

    /// Bad sequences among all, up to which a document counts as damaged UTF-8.
    private static let damagedShare = 1_000
    /// One bad character in so many makes the label implausible.
    private static let implausibleShare = 10

    func decode(_ bytes: [UInt8]) throws(FeedError) -> DecodedDocument {
        if let (label, skip) = Self.mark(of: bytes) {
            return try Self.decode(Array(bytes.dropFirst(skip)), as: label)
        }
        let check = bytes.withUnsafeBufferPointer { UTF8Check($0) }
        let declared = Self.declaredLabel(in: bytes)
        let labels = [httpLabel, declared].compactMap { $0 }
        let known = labels.compactMap { EncodingLabel($0) }
        if check.bad == 0 {
            // Escape sequences and `~{` hide whole alphabets in ASCII.
            if check.isASCII, let first = known.first, let iconvName = first.iconvName,
                iconvName.hasPrefix("ISO-2022") || iconvName == "HZ" || iconvName == "UTF-7"
            {
                return try Self.decode(bytes, as: first)
            }
            var document = DecodedDocument(
                bytes: bytes, encoding: EncodingLabel.utf8.name, isPlain: check.isPlain)
            if let first = known.first, first.name != EncodingLabel.utf8.name {
                if check.isASCII, first.iconvName?.hasPrefix("UTF-") != true {
                    document.encoding = first.name
                } else {
                    document.warnings.append(FeedWarning(.encodingMismatch, line: 1))
                }
            }
            return document
        }
        for label in known
        where label.name != EncodingLabel.utf8.name && label.iconvName?.hasPrefix("UTF-") != true {
            if let document = try? Self.decode(bytes, as: label) { return document }
        }
        if check.bad * Self.damagedShare <= check.bad + check.multibyte
            || (known.first?.name == EncodingLabel.utf8.name && check.bad <= check.multibyte)
        {
            return DecodedDocument(
                bytes: bytes.repairedUTF8(), encoding: EncodingLabel.utf8.name,
                isPlain: check.isPlain, warnings: [FeedWarning(.badEncoding)])
        }
        var document = try Self.decode(bytes, as: .windows1252)
        document.warnings.append(FeedWarning(.encodingMismatch, line: 1))
        return document
    }

    /// What the first bytes give away, and how many of them are a mark.
    private static func mark(of bytes: [UInt8]) -> (EncodingLabel, Int)? {
        let utf16be = EncodingLabel.detected("utf-16be", "UTF-16BE")
        let utf16le = EncodingLabel.detected("utf-16le", "UTF-16LE")
        let utf32be = EncodingLabel.detected("utf-32be", "UTF-32BE")
        let utf32le = EncodingLabel.detected("utf-32le", "UTF-32LE")
        guard bytes.count >= 2 else { return nil }
        if bytes.count >= 4 {
            let word = bytes[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            switch word {
            case 0x0000_FEFF: return (utf32be, 4)
            case 0xFFFE_0000: return (utf32le, 4)
            case 0x0000_003C, 0x0000_007B: return (utf32be, 0)
            case 0x3C00_0000, 0x7B00_0000: return (utf32le, 0)
            case 0x4C6F_A794: return (.detected("cp037", "IBM037"), 0)
            default: break
            }
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (utf16be, 2) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (utf16le, 2) }
        guard bytes.count >= 4 else { return nil }
        if bytes[0] == 0, bytes[2] == 0, bytes[1] != 0, bytes[3] != 0 { return (utf16be, 0) }
        if bytes[1] == 0, bytes[3] == 0, bytes[0] != 0, bytes[2] != 0 { return (utf16le, 0) }
        return nil
    }

    /// The `encoding` of an XML declaration within the first 1,024 bytes.
    private static func declaredLabel(in bytes: [UInt8]) -> String? {
        bytes.withUnsafeBufferPointer { bytes in
            let head = UnsafeBufferPointer(rebasing: bytes.prefix(1_024))
            guard let start = head.firstIndex(of: "<?xml", from: 0),
                let end = head.firstIndex(of: "?>", from: start),
                let name = head.firstIndex(of: "encoding", from: start), name < end
            else { return nil }
            let rest = head[(name + 8)..<end].drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x3D }
            guard let quote = rest.first, quote == 0x22 || quote == 0x27 else { return nil }
            return String(decoding: rest.dropFirst().prefix { $0 != quote }, as: UTF8.self)
        }
    }

    private static func decode(
        _ bytes: [UInt8], as label: EncodingLabel
    ) throws(FeedError) -> DecodedDocument {
        var bad = 0
        var decoded: [UInt8]
        if let iconvName = label.iconvName {
            guard let converter = Converter(from: iconvName) else {
                throw FeedError(.badEncoding, "The encoding \(label.name) is not known.")
            }
            (decoded, bad) = converter.convert(bytes, limit: FeedLimits.document)
        } else if label.name == EncodingLabel.utf8.name {
            bad = bytes.withUnsafeBufferPointer { UTF8Check($0).bad }
            decoded = bad == 0 ? bytes : bytes.repairedUTF8()
        } else {
            decoded = Windows1252.decode(bytes)
        }
        if decoded.starts(with: [0xEF, 0xBB, 0xBF]) { decoded.removeFirst(3) }
        guard bad * implausibleShare <= max(bytes.count, implausibleShare) else {
            throw FeedError(
                .badEncoding, "\(bad) of \(bytes.count) bytes are no \(label.name).")
        }
        let isPlain = decoded.withUnsafeBufferPointer { UTF8Check($0).isPlain }
        var document = DecodedDocument(bytes: decoded, encoding: label.name, isPlain: isPlain)
        if bad > 0 { document.warnings.append(FeedWarning(.badEncoding)) }
        return document
    }
}
