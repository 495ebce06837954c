/// A first guess at the language of a text: by script, and for Latin script by function words.
///
/// It names a language only where the text shows it; short posts in Latin script often stay
/// undecided, and then the source's declared language is the better guess. Addresses, mentions,
/// hashtags and cashtags are not looked at.
package enum LanguageGuess {
    /// BCP 47 tag; nil where the text does not tell.
    package static func tag(of text: String) -> String? {
        tag(of: TextAnalysis(text))
    }

    package static func tag(of analysis: TextAnalysis) -> String? {
        var scripts = [Int](repeating: 0, count: Script.allCases.count)
        var hits = [Double](repeating: 0, count: languages.count)
        for token in analysis.tokens where token.kind == .word {
            let word = analysis.folded(of: token)
            if let owners = functionWords[word] {
                for owner in owners { hits[owner] += 1 / Double(owners.count) }
            }
            count(word, &scripts)
        }
        let most = scripts.indices.max { scripts[$0] < scripts[$1] }
        guard let most, scripts[most] > 0 else { return nil }
        switch Script.allCases[most] {
        // A tenth of kana is less than any Japanese sentence holds, and more than Chinese does.
        case .han: return scripts[Script.kana.rawValue] * 10 > scripts[most] ? "ja" : "zh"
        case .kana: return "ja"
        case .hangul: return "ko"
        case .thai: return "th"
        case .greek: return "el"
        case .hebrew: return "he"
        case .arabic: return scripts[Script.persian.rawValue] > 0 ? "fa" : "ar"
        case .persian: return "fa"
        case .cyrillic: return scripts[Script.ukrainian.rawValue] > 0 ? "uk" : "ru"
        case .ukrainian: return "uk"
        case .devanagari: return "hi"
        case .latin: return latin(hits)
        }
    }

    private enum Script: Int, CaseIterable {
        case latin, han, kana, hangul, thai, greek, hebrew, arabic, persian, cyrillic, ukrainian
        case devanagari
    }

    /// Adds the letters of a folded word; one of an unspaced script says as much as three others
    /// (chosen: about a word's letters over a word's characters).
    private static func count(_ word: ArraySlice<UInt8>, _ scripts: inout [Int]) {
        word.withUnsafeBufferPointer { bytes in
            var place = 0
            while place < bytes.count {
                let (scalar, length) = UTF8Scalar.decode(bytes, place)
                place += length
                guard let (script, weight) = script(of: scalar) else { continue }
                scripts[script.rawValue] += weight
            }
        }
    }

    private static func script(of scalar: UInt32) -> (Script, Int)? {
        switch scalar {
        case 0x61...0x7A, 0xDF...0x24F, 0x1E00...0x1EFF: (.latin, 1)
        case 0x370...0x3FF, 0x1F00...0x1FFF: (.greek, 1)
        case 0x454, 0x456, 0x457, 0x491: (.ukrainian, 1)
        case 0x400...0x52F: (.cyrillic, 1)
        case 0x591...0x5F4: (.hebrew, 1)
        case 0x67E, 0x686, 0x698, 0x6AF, 0x6CC: (.persian, 1)
        case 0x620...0x6D5: (.arabic, 1)
        case 0x900...0x97F: (.devanagari, 1)
        case 0xE01...0xE5B: (.thai, 1)
        case 0x3041...0x30FF: (.kana, 3)
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x3134F: (.han, 3)
        case 0xAC00...0xD7A3: (.hangul, 3)
        default: nil
        }
    }

    /// The language whose function words are clearly the most: at least one of its own, and half
    /// as many again as the next (chosen).
    private static func latin(_ hits: [Double]) -> String? {
        let order = hits.indices.sorted { (hits[$1], $0) < (hits[$0], $1) }
        guard hits[order[0]] >= 1, hits[order[0]] >= 1.5 * hits[order[1]] else { return nil }
        return languages[order[0]].tag
    }

    /// The commonest function words of each language, folded.
    private static let languages: [(tag: String, words: String)] = [
        (
            "en",
            "the and of to in is you that it for on with this was are my at be have not i me so "
                + "but they your just what when how will can from all has"
        ),
        (
            "es",
            "el la de que y en un una los las por con para no es se del al lo su mas pero como "
                + "esta muy me mi ya hay"
        ),
        (
            "fr",
            "le la les de des et un une est que qui dans pour pas sur au du ne ce il je vous plus "
                + "avec en mais nous c j l d"
        ),
        (
            "de",
            "der die das und ist nicht ich ein eine zu mit den von auf es im fur dem sich auch "
                + "wie bei in hat man wir aber"
        ),
        (
            "it",
            "il la di che e un una per non sono con del della i le si da lo ma anche piu come in "
                + "mi ho gli nel"
        ),
        (
            "pt",
            "o a de que e do da em um uma para com nao os as no na se por mais eu voce ao muito "
                + "mas foi meu"
        ),
        (
            "nl",
            "de het een en van is dat in op te niet ik met voor zijn er aan maar ook je wat naar "
                + "om bij"
        ),
        ("id", "yang dan di ini itu untuk tidak dengan ada saya dari ke aku juga bisa sudah"),
        ("tr", "bir ve bu da de icin cok ne ama gibi daha en ben mi var olan"),
    ]

    /// Indices in `languages` by word.
    private static let functionWords: [ArraySlice<UInt8>: [Int]] = {
        var owners: [ArraySlice<UInt8>: [Int]] = [:]
        for (k, language) in languages.enumerated() {
            for word in language.words.split(separator: " ") {
                owners[ArraySlice(word.utf8), default: []].append(k)
            }
        }
        return owners
    }()
}
