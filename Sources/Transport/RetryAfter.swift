internal import CCurl
package import EarshotDomain

/// When a server wants to be asked again: the value of `Retry-After` (RFC 9110, section 10.2.3).
package struct RetryAfter: Hashable, Sendable {
    /// As the server wrote it: whole seconds or an HTTP date.
    package let text: String

    package init(text: String) {
        self.text = text
    }

    /// How long to wait from `now`, zero for a date that has passed; nil where it cannot be read.
    ///
    /// Servers ask for years, too: a cap is the caller's choice.
    package func delay(from now: Timestamp) -> Duration? {
        if let seconds = Int32(text) { return seconds < 0 ? nil : .seconds(Int64(seconds)) }
        return Self.moment(of: text).map { max(.zero, $0 - now) }
    }

    /// Reads an HTTP date in any of its three forms.
    static func moment(of text: String) -> Timestamp? {
        guard text.contains(":") else { return nil }
        let date = curl_getdate(text, nil)
        return date >= 0 ? Timestamp(seconds: Int64(date)) : nil
    }
}
