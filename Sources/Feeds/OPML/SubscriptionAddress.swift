/// Which addresses can be subscribed to, and when two of them are the same subscription.
package enum SubscriptionAddress {
    /// Absolute, http or https, `feed:` unwrapped; absent where it is neither.
    package static func absolute(_ text: String) -> String? {
        let url = FeedAddress.unwrapped(text.trimmedBlanks)
        let reference = URLReference(url)
        let isWeb = reference.scheme == "http" || reference.scheme == "https"
        return isWeb && reference.host != nil && !url.utf8.contains { $0 < 0x20 } ? url : nil
    }

    /// Whether it names a user or a password, which no request may carry and nobody may read.
    package static func hasUserInfo(_ text: String) -> Bool {
        text.utf8.firstRange(of: "://".utf8) != nil && userInfo(of: text) != nil
    }

    /// To be shown: `***` in the place of what may be a user and a password.
    package static func withoutUserInfo(_ text: String) -> String {
        guard let range = userInfo(of: text) else { return text }
        return text[..<range.lowerBound] + "***" + text[range.upperBound...]
    }

    /// What stands before the last `@` of the authority.
    private static func userInfo(of text: String) -> Range<String.Index>? {
        let bytes = text.utf8
        let start = bytes.firstRange(of: "://".utf8)?.upperBound ?? bytes.startIndex
        let authority = bytes[start...].prefix { byte in
            byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
        }
        return authority.lastIndex(of: UInt8(ascii: "@")).map { start..<$0 }
    }

    /// Equal for addresses that differ only in scheme, case of the host, default port, fragment and
    /// tracking parameters.
    package static func identity(_ url: String) -> String {
        let canonical = LinkIdentity.canonical(url)
        guard let colon = canonical.utf8.firstIndex(of: UInt8(ascii: ":")) else { return canonical }
        return String(canonical[canonical.utf8.index(after: colon)...])
    }

    /// Lower case, without `www.`; absent where there is none.
    package static func host(of url: String) -> String? {
        URLReference(url).host.map { $0.hasPrefix("www.") ? String($0.dropFirst(4)) : $0 }
    }
}
