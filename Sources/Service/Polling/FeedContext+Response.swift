package import EarshotFeeds
package import EarshotTransport

extension FetchResponse {
    /// The fields that reading and scheduling look at, by lower-case name.
    var feedHeaders: [String: String] {
        let names = [
            "content-type", "content-location", "content-language", "cache-control", "expires",
            "date",
        ]
        return names.reduce(into: [:]) { $0[$1] = headers[$1] }
    }
}

extension FeedContext {
    /// What a response says of its document.
    package init(_ response: FetchResponse, mapping: String?) {
        self.init(url: response.url, headers: response.feedHeaders, mapping: mapping)
    }
}
