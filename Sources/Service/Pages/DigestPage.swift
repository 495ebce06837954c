package import EarshotDomain
package import EarshotWording
import Mustache

/// Digests as one self-contained HTML file: no script, no request, nothing but links leaves it.
///
/// Feeds are hostile: every text goes through `Markup` (by the template's own content type), only
/// `http` and `https` become links, and the page forbids itself scripts and requests.
package enum DigestPage {
    package struct Reading: Sendable {
        package let digest: Digest
        package let language: ReaderLanguage
        /// What stands above the digest: alerts, and what they changed.
        package let notices: [DigestNotice]

        package init(_ digest: Digest, language: ReaderLanguage, notices: [DigestNotice] = []) {
            self.digest = digest
            self.language = language
            self.notices = notices
        }
    }

    /// - Parameter readings: each a section; the first is what opens.
    /// - Throws: what the template engine says of our own template, a bug of ours.
    package static func render(_ readings: [Reading]) throws -> String {
        MustacheContentTypes.register(EscapedBytes(), named: EscapedBytes.name)
        let template = try MustacheTemplate(string: DigestTemplate.text)
        let sections = readings.enumerated().map { place, reading in
            DigestView(
                DigestWording(reading.digest, language: reading.language), prefix: "d\(place + 1)",
                notices: reading.notices)
        }
        return template.render(PageView(sections: sections))
    }
}

/// swift-mustache escapes by `Character`, which lets a quote with a combining mark through.
private struct EscapedBytes: MustacheContentType {
    static let name = "EARSHOT"

    func escapeText(_ text: String) -> String { Markup.escaped(text) }
}

/// A few sentences that a digest opens with, worded already.
package struct DigestNotice: Hashable, Sendable {
    package let title: String
    package let lines: [String]
    /// Of an alert that is open.
    package let isAlarm: Bool

    package init(title: String, lines: [String], isAlarm: Bool) {
        self.title = title
        self.lines = lines
        self.isAlarm = isAlarm
    }
}

/// What the template reads; it reads by name, so a renamed property is a changed template.
struct PageView {
    let title: String
    let tag: String
    let style = DigestStyle.text
    let sections: [DigestView]
    let hasSeveral: Bool

    init(sections: [DigestView]) {
        self.sections = sections
        title = sections.first?.title ?? "Earshot"
        tag = sections.first?.tag ?? "en"
        hasSeveral = sections.count > 1
    }
}
