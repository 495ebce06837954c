import EarshotLanguage

/// The value of `author:`, `site:`, `lang:` or `url:`, brought to the form it is compared in.
struct FieldValue {
    /// Nil where the value says nothing.
    let node: QueryNode?

    init(_ name: String, _ written: String) {
        let value = written.trimmed
        switch name {
        case "author":
            let author = Self.author(value)
            node = author.isEmpty ? nil : .author(author)
        case "lang":
            node = value.isEmpty ? nil : .language(Array(value.lowercased().utf8))
        case "site":
            let site = Self.withoutWWW(Self.bare(value)).prefix { $0 != 0x2F }
            node = site.isEmpty ? nil : .site(Array(site))
        default:
            let part = Self.withoutWWW(Self.bare(value))
            node = part.isEmpty ? nil : .url(Array(part))
        }
    }

    /// Folded, without `@` before it.
    static func author(_ handle: String) -> [UInt8] {
        let prepared = Folding.prepare(handle).unicodeScalars.drop { $0 == "@" }
        return Array(Folding.fold(String(prepared)).utf8)
    }

    /// Lower case, without scheme.
    static func bare(_ address: String) -> ArraySlice<UInt8> {
        let bytes = Array(address.lowercased().utf8)
        let scheme = bytes.indices.dropLast(2).first {
            bytes[$0] == 0x3A && bytes[$0 + 1] == 0x2F && bytes[$0 + 2] == 0x2F
        }
        return bytes[(scheme.map { $0 + 3 } ?? 0)...]
    }

    private static func withoutWWW(_ address: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        address.starts(with: Array("www.".utf8)) ? address.dropFirst(4) : address
    }
}

extension String {
    fileprivate var trimmed: String {
        let scalars = unicodeScalars.drop { QueryLexer.isBlank($0.value) }
        let end = scalars.lastIndex { !QueryLexer.isBlank($0.value) }
        return end.map { String(scalars[...$0]) } ?? ""
    }
}
