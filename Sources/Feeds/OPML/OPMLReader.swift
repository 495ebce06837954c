/// Reads the subscriptions of an outline document (OPML 1.0 to 2.0), whatever its encoding, the
/// case of its names and the depth of its folders; what is broken is read as far as tags go.
package enum OPMLReader {
    /// Bytes of a document (research note on feeds, section 4).
    package static let documentLimit = 10 << 20
    /// Outlines of a document, folders among them (research note on feeds, section 4).
    package static let outlineLimit = 50_000

    /// In document order.
    package static func outlines(in bytes: [UInt8]) throws(OPMLError) -> [OPMLOutline] {
        guard bytes.count <= documentLimit else {
            throw OPMLError(
                .tooLarge, "It has \(bytes.count) bytes; \(documentLimit) are read.")
        }
        let decoded: DecodedDocument
        do {
            decoded = try DocumentDecoder(httpLabel: nil).decode(bytes)
        } catch {
            throw OPMLError(.badEncoding, error.reason)
        }
        return try decoded.bytes.withUnsafeBufferPointer { text throws(OPMLError) in
            var walk = Walk(text)
            return try walk.outlines()
        }
    }

    private struct Walk {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var scanner: MarkupScanner
        /// Of the outlines that are open: the name where it is a folder.
        private var open: [String?] = []
        /// The one whose tag came last, if it should have an address and has none: a folder where
        /// another lies in it.
        private var blank: OPMLOutline?
        private var count = 0
        private var line = 1
        private var lineIsOf = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
            scanner = MarkupScanner(bytes, .xml)
        }

        mutating func outlines() throws(OPMLError) -> [OPMLOutline] {
            guard let root = scanner.next(), !root.isEnd, scanner.isNamed(root.name, "opml") else {
                throw OPMLError(.notAnOutline, "It does not begin with an opml element.")
            }
            var outlines: [OPMLOutline] = []
            while let tag = scanner.next() {
                guard scanner.isNamed(tag.name, "outline") else { continue }
                if tag.isEnd {
                    _ = open.popLast()
                    if let blank { outlines.append(blank) }
                    blank = nil
                    continue
                }
                blank = nil
                count += 1
                guard count <= OPMLReader.outlineLimit else {
                    throw OPMLError(
                        .tooManyOutlines, "It has more than \(OPMLReader.outlineLimit) outlines.")
                }
                let title = title(of: tag)
                let url = plain("xmlUrl", of: tag).trimmedBlanks
                let isBlank = url.isEmpty && isSubscription(tag)
                if !url.isEmpty || (isBlank && tag.isSelfClosing) {
                    outlines.append(outline(tag, title: title, url: url))
                }
                guard !tag.isSelfClosing else { continue }
                if isBlank { blank = outline(tag, title: title, url: url) }
                open.append(url.isEmpty ? title : nil)
            }
            return outlines
        }

        /// Whether it says that it is a feed (OPML 2.0, "Subscription lists").
        private func isSubscription(_ tag: MarkupTag) -> Bool {
            if scanner.value("xmlUrl", of: tag) != nil { return true }
            let type = plain("type", of: tag).trimmedBlanks.lowercased()
            return type == "rss" || type == "atom"
        }

        /// `text`, else `title`; either may be there and empty.
        private func title(of tag: MarkupTag) -> String {
            let text = plain("text", of: tag).squeezedBlanks
            return text.isEmpty ? plain("title", of: tag).squeezedBlanks : text
        }

        /// Control characters as the blanks that an export makes of them, so that they come back
        /// from it as they went in; empty where the attribute is absent.
        private func plain(_ name: StaticString, of tag: MarkupTag) -> String {
            var text = ""
            for scalar in (scanner.value(name, of: tag) ?? "").unicodeScalars {
                text.unicodeScalars.append(
                    scalar.properties.generalCategory == .control ? " " : scalar)
            }
            return text
        }

        private mutating func outline(
            _ tag: MarkupTag, title: String, url: String
        ) -> OPMLOutline {
            var outline = OPMLOutline(title: title, url: url)
            outline.line = line(at: tag.name.lowerBound)
            outline.folders = folders
            outline.key = setting("earshot:key", of: tag)
            outline.kind = setting("earshot:kind", of: tag)
            outline.mapping = setting("earshot:mapping", of: tag)
            outline.parameters = ParameterList.parameters(
                in: setting("earshot:parameters", of: tag))
            outline.language = setting("earshot:language", of: tag)
            return outline
        }

        /// Folders below the depth limit count as the one at the limit, those without a name as
        /// the one that holds them.
        private var folders: [String] {
            open.prefix(FeedLimits.depth).compactMap { $0 }.filter { !$0.isEmpty }
        }

        private func setting(_ name: StaticString, of tag: MarkupTag) -> String? {
            let value = plain(name, of: tag).trimmedBlanks
            return value.isEmpty ? nil : value
        }

        private mutating func line(at offset: Int) -> Int {
            line += bytes[lineIsOf..<offset].count { $0 == 0x0A }
            lineIsOf = offset
            return line
        }
    }
}
