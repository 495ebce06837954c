/// A subscription in an outline document.
package struct OPMLOutline: Hashable, Sendable {
    /// 1-based line of the document; 0 where it was not read from one.
    package var line = 0
    /// What people call it; spaces squeezed, empty where nothing does.
    package var title: String
    /// As written, trimmed; empty where it should have one and has none.
    package var url: String
    /// Names of the folders that hold it, outermost first.
    package var folders: [String] = []
    /// Earshot's own settings, absent in other programs' outlines.
    package var key: String?
    package var kind: String?
    package var mapping: String?
    /// What the mapping's request is made for.
    package var parameters: [String: String] = [:]
    package var language: String?

    package init(title: String, url: String) {
        self.title = title
        self.url = url
    }
}

/// The path of a folder as one text: names parted by `/`, a `/` or `\` inside a name behind a `\`.
package enum FolderPath {
    /// Absent for no folder.
    package static func text(of names: [String]) -> String? {
        guard !names.isEmpty else { return nil }
        return names.map {
            $0.replacing("\\", with: "\\\\").replacing("/", with: "\\/")
        }.joined(separator: "/")
    }

    package static func names(in text: String?) -> [String] {
        guard let text else { return [] }
        var names: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped || (byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")) {
                names[names.count - 1].append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "/") {
                names.append([])
            } else {
                isEscaped = true
            }
        }
        return names.map { String(decoding: $0, as: UTF8.self) }.filter { !$0.isEmpty }
    }
}

/// Names and values in one text, as `a=b&c=d` in the order of the names; `%`, `&` and `=` inside
/// them percent-encoded.
enum ParameterList {
    static func text(of parameters: [String: String]) -> String? {
        guard !parameters.isEmpty else { return nil }
        return parameters.sorted { $0.key < $1.key }
            .map { encoded($0.key) + "=" + encoded($0.value) }.joined(separator: "&")
    }

    static func parameters(in text: String?) -> [String: String] {
        var parameters: [String: String] = [:]
        for pair in (text ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
            if parts.count == 2 { parameters[decoded(parts[0])] = decoded(parts[1]) }
        }
        return parameters
    }

    private static func encoded(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("&", with: "%26").replacing("=", with: "%3D")
    }

    private static func decoded(_ text: Substring) -> String {
        String(text).replacing("%3D", with: "=").replacing("%26", with: "&")
            .replacing("%25", with: "%")
    }
}

/// An outline document that cannot be taken.
package struct OPMLError: Error, Hashable {
    package enum Reason: Hashable, Sendable {
        case tooLarge, tooManyOutlines, notAnOutline, badEncoding
    }

    package let reason: Reason
    /// One sentence for a person.
    package let detail: String

    init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }
}
