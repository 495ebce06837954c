/// Writes subscriptions as an OPML 2.0 document: folders by name before what lies beside them,
/// subscriptions by name, then address; the same subscriptions give the same bytes.
package enum OPMLWriter {
    /// Names Earshot's own attributes; nothing is found there.
    private static let namespace = "https://earshot.invalid/opml"

    package static func document(_ outlines: [OPMLOutline]) -> String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <opml version="2.0" xmlns:earshot="\(namespace)">
              <head>
                <title>Earshot's sources</title>
              </head>
              <body>

            """
        var open: [String] = []
        for outline in outlines.sorted(by: isBefore) {
            let shared = zip(open, outline.folders).prefix { $0.utf8.elementsEqual($1.utf8) }.count
            while open.count > shared {
                open.removeLast()
                text += indent(open.count) + "</outline>\n"
            }
            for folder in outline.folders.dropFirst(shared) {
                text += indent(open.count) + "<outline text=\"\(escaped(folder))\">\n"
                open.append(folder)
            }
            text += indent(open.count) + element(outline)
        }
        while open.popLast() != nil { text += indent(open.count) + "</outline>\n" }
        return text + "  </body>\n</opml>\n"
    }

    private static func element(_ outline: OPMLOutline) -> String {
        let attributes = [
            ("type", "rss"), ("text", outline.title), ("title", outline.title),
            ("xmlUrl", outline.url), ("earshot:key", outline.key), ("earshot:kind", outline.kind),
            ("earshot:mapping", outline.mapping),
            ("earshot:parameters", ParameterList.text(of: outline.parameters)),
            ("earshot:language", outline.language),
        ]
        return "<outline"
            + attributes.compactMap { name, value in
                value.map { " \(name)=\"\(escaped($0))\"" }
            }.joined() + "/>\n"
    }

    private static func indent(_ depth: Int) -> String {
        String(repeating: "  ", count: depth + 2)
    }

    private static func isBefore(_ left: OPMLOutline, _ right: OPMLOutline) -> Bool {
        for (one, other) in zip(left.folders, right.folders)
        where !one.utf8.elementsEqual(other.utf8) {
            return isBefore(one, other)
        }
        if left.folders.count != right.folders.count {
            return left.folders.count > right.folders.count
        }
        let title = (left.title.lowercased(), right.title.lowercased())
        if title.0 != title.1 { return isBefore(title.0, title.1) }
        return isBefore(left.url, right.url)
    }

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// Line breaks and controls would not come back from an attribute as they went in.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
