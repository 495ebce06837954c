/// The link that a link of a search service redirects to, as far as it can be read off it.
///
/// Google Alerts and Bing carry the target as a parameter (`url`, `u`, `q`), Google News in base64
/// in the path. Its newer links hold a number that only its servers know: those stay.
enum LinkUnwrapping {
    private static let parameters = ["url", "u", "q", "target", "dest"]

    static func target(of link: String) -> String? {
        let reference = URLReference(link)
        guard reference.scheme == "http" || reference.scheme == "https" else { return nil }
        for pair in reference.query?.split(separator: "&") ?? [] {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parameters.contains(parts[0].lowercased()) else { continue }
            let value = PercentCoding.decoded(String(parts[1]))
            if isWeb(value) { return value }
        }
        guard let segment = reference.path.split(separator: "/").last, segment.count > 20,
            let decoded = Base64.decode(Array(segment.utf8))
        else { return nil }
        return firstLink(in: decoded)
    }

    private static func isWeb(_ text: String) -> Bool {
        let reference = URLReference(text)
        return (reference.scheme == "http" || reference.scheme == "https")
            && reference.host?.contains(".") == true
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    /// A link is a field of a protocol buffer: led by its length, in one byte or two.
    private static func firstLink(in bytes: [UInt8]) -> String? {
        for scheme in ["https://", "http://"] {
            guard let found = bytes.firstRange(of: Array(scheme.utf8)) else { continue }
            let start = found.lowerBound
            guard start > 0 else { return nil }
            var length = Int(bytes[start - 1])
            if start > 1, bytes[start - 2] & 0x80 != 0, length < 0x80 {
                length = length << 7 | Int(bytes[start - 2] & 0x7F)
            }
            guard length >= scheme.utf8.count, start + length <= bytes.count else { return nil }
            let link = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
            return isWeb(link) ? link : nil
        }
        return nil
    }
}
