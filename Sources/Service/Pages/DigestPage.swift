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

        package init(_ digest: Digest, language: ReaderLanguage) {
            self.digest = digest
            self.language = language
        }
    }

    /// - Parameter readings: each a section; the first is what opens.
    /// - Throws: what the template engine says of our own template, a bug of ours.
    package static func render(_ readings: [Reading]) throws -> String {
        MustacheContentTypes.register(EscapedBytes(), named: EscapedBytes.name)
        let template = try MustacheTemplate(string: DigestTemplate.text)
        let sections = readings.enumerated().map { place, reading in
            DigestView(
                DigestWording(reading.digest, language: reading.language), prefix: "d\(place + 1)")
        }
        return template.render(PageView(sections: sections))
    }
}

/// swift-mustache escapes by `Character`, which lets a quote with a combining mark through.
private struct EscapedBytes: MustacheContentType {
    static let name = "EARSHOT"

    func escapeText(_ text: String) -> String { Markup.escaped(text) }
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
