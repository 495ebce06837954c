import EarshotFeeds

/// Parses a document that is written in a test.
func parse(_ text: String, url: String? = nil, headers: [String: String] = [:]) throws
    -> FeedDocument
{
    try FeedParser.parse(Array(text.utf8), FeedContext(url: url, headers: headers))
}

/// An RSS channel around items.
func channel(_ items: String) -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <channel><title>Lantern &amp; Kettle</title><link>http://news.example/</link>
    \(items)
    </channel></rss>
    """
}

func kinds(_ document: FeedDocument) -> Set<FeedWarning.Kind> {
    Set(document.warnings.map(\.kind))
}

/// What `FeedParser` throws at a document; nil where it reads it.
func refusal(of bytes: [UInt8], mapping: Mapping? = nil) -> FeedError? {
    do throws(FeedError) {
        _ = try FeedParser.parse(bytes, FeedContext(mapping: mapping))
        return nil
    } catch {
        return error
    }
}
