package import EarshotFeeds
package import EarshotTransport

extension FetchResponse {
    /// The fields that reading and scheduling look at, by lower-case name.
    var feedHeaders: [String: String] {
        let names = [
            "content-type", "content-location", "content-language", "cache-control", "expires",
            "date", "link",
        ]
        return names.reduce(into: [:]) { $0[$1] = headers[$1] }
    }
}

extension FetchResponse {
    /// Whether a document that was read from it breaks off, and the transfer does not prove that
    /// it was to end there: a compressed body whose end is missing.
    ///
    /// Its entries wait for a whole one.
    package func breaksOff(_ document: FeedDocument) -> Bool {
        !isEndProven && document.warnings.contains { $0.kind == .truncated }
    }
}

extension FeedContext {
    /// What a response says of its document.
    package init(_ response: FetchResponse, mapping: Mapping?) {
        self.init(url: response.url, headers: response.feedHeaders, mapping: mapping)
    }
}
