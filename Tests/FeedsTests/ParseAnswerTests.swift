import EarshotFeeds
import EarshotWire
import Testing

/// The wire form of `earshot parse --jsonl`, byte for byte.
@Suite struct ParseAnswerTests {
    private func answer(_ text: String, countsOnly: Bool = false, isRaw: Bool = false) -> String {
        let result: Result<FeedDocument, FeedError>
        do throws(FeedError) {
            result = .success(
                try FeedParser.parse(Array(text.utf8), FeedContext(isRaw: isRaw)))
        } catch {
            result = .failure(error)
        }
        var writer = JSONWriter()
        ParseAnswer(countsOnly: countsOnly).write(result, path: "a.xml", to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private let document = channel(
        "<item><guid>1</guid><title>A \"b\"</title><description>&lt;p onclick='x'>c&lt;/p></description>"
            + "<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate></item>")

    /// The keys' second source: Python's hashlib, as in `IdentityTests`.
    @Test func writesADocument() {
        #expect(
            answer(document)
                == #"{"path":"a.xml","ok":true,"error":null,"warnings":[],"format":"rss20","#
                + #""encoding":"utf-8","feed":{"title":"Lantern & Kettle","link":"http://news.example/","#
                + #""links":[{"rel":"alternate","href":"http://news.example/","type":"text/html"}]},"#
                + #""entries":[{"keys":["6b56f9b2be25b26d8b03a9239aa62203","21967352c6901c6745adba080da7d17c"],"#
                + #""id":"1","title":"A \"b\"","published":"2004-01-01T19:48:21Z","#
                + #""summary_html":"<p>c</p>","text":"c"}]}"#)
    }

    @Test func countsAndKeepsMarkup() {
        #expect(
            answer(document, countsOnly: true)
                == #"{"path":"a.xml","ok":true,"format":"rss20","entries":1}"#)
        let raw = answer(document, isRaw: true)
        #expect(raw.contains(#""summary_html":"<p onclick='x'>c</p>""#))
        #expect(!raw.contains(#""text""#))
    }

    @Test func refusesWithKindAndReason() {
        #expect(
            answer("<html/>")
                == #"{"path":"a.xml","ok":false,"error":{"kind":"not_a_feed","reason":"This is an HTML page."}}"#
        )
    }
}
