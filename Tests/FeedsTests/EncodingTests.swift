import EarshotFeeds
import Testing

/// Second source of all bytes: Python's codecs.
@Suite struct EncodingTests {
    private func document(_ label: String?, _ title: [UInt8], header: String? = nil) throws
        -> FeedDocument
    {
        let declaration = label.map { "<?xml version='1.0' encoding='\($0)'?>" } ?? ""
        let bytes =
            Array("\(declaration)<rss version='2.0'><channel><title>".utf8) + title
            + Array("</title></channel></rss>".utf8)
        var headers: [String: String] = [:]
        if let header { headers["content-type"] = "application/rss+xml; charset=\(header)" }
        return try FeedParser.parse(bytes, FeedContext(headers: headers))
    }

    private static let apple: [UInt8] = [
        0xC6, 0xBB, 0xB9, 0xFB, 0xB7, 0xA2, 0xB2, 0xBC, 0xBB, 0xE1, 0xD6, 0xEC, 0xE9, 0x46, 0xBB,
        0xF9,
    ]
    private static let hello: [UInt8] = [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2]

    /// `gb2312` means GB18030: libxml2 ends the document in silence at 镕.
    @Test(arguments: ["gb2312", "GBK", "gb18030"])
    func readsChinese(label: String) throws {
        let document = try document(label, Self.apple)
        #expect(document.feed.title == "苹果发布会朱镕基")
        #expect(document.encoding == "gb18030")
        #expect(document.warnings.isEmpty)
    }

    @Test func readsTheLabelOfTheHeaderBeforeTheDocuments() throws {
        let document = try document("iso-8859-1", Self.hello, header: "windows-1251")
        #expect(document.feed.title == "Привет")
        #expect(document.encoding == "windows-1251")
    }

    /// Valid UTF-8 with characters beyond ASCII is UTF-8, whatever it is called.
    @Test func believesUTF8MoreThanLabels() throws {
        let document = try document("windows-1252", Array("Größe €".utf8), header: "iso-8859-1")
        #expect(document.feed.title == "Größe €")
        #expect(document.encoding == "utf-8")
        #expect(kinds(document) == [.encodingMismatch])
    }

    @Test(arguments: ["us-ascii", "iso-8859-1", nil])
    func readsUnlabelledWesternBytesAsWindows1252(label: String?) throws {
        let document = try document(label, [0x93, 0x63, 0x61, 0x66, 0xE9, 0x94, 0x20, 0x80])
        #expect(document.feed.title == "“café” €")
    }

    @Test func repairsAFewBadBytesOfUTF8() throws {
        let title = Array(String(repeating: "é", count: 2_000).utf8) + [0xFF, 0x21]
        let document = try document("utf-8", title)
        #expect(document.feed.title?.hasPrefix("éé") == true)
        #expect(document.encoding == "utf-8")
        #expect(kinds(document).contains(.badEncoding))
    }

    @Test(arguments: [true, false])
    func readsUTF16WithAndWithoutMark(hasMark: Bool) throws {
        let text = "<rss version='2.0'><channel><title>Größe 鴿</title></channel></rss>"
        var bytes: [UInt8] = hasMark ? [0xFF, 0xFE] : []
        for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let document = try FeedParser.parse(bytes)
        #expect(document.feed.title == "Größe 鴿")
    }

    /// An unknown label, a label with glibc's conversion suffix, a label of half the document.
    @Test(arguments: ["klingon", "utf-8//IGNORE", "", "utf-16"])
    func doesNotTrustALabelItCannotUse(label: String) throws {
        let document = try document(label, Array("plain".utf8))
        #expect(document.feed.title == "plain")
    }
}
