/// An encoding as documents name it, and what it is decoded with.
struct EncodingLabel {
    /// Lower case; what the answer calls it.
    let name: String
    /// glibc's name; absent for UTF-8 and windows-1252, which are decoded here.
    let iconvName: String?

    static let utf8 = EncodingLabel(name: "utf-8", iconvName: nil)
    static let windows1252 = EncodingLabel(name: "windows-1252", iconvName: nil)

    /// Labels that glibc lacks or reads more narrowly than publishers mean, from the WHATWG
    /// Encoding Standard's table and the measurements of the research note on feeds, section 3.
    private static let table: [String: (name: String, iconv: String?)] = {
        var table: [String: (name: String, iconv: String?)] = [:]
        func add(_ labels: String, _ name: String?, _ iconv: String?) {
            for label in labels.split(separator: " ") {
                table[String(label)] = (name ?? String(label), iconv)
            }
        }
        add("utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8", "utf-8", nil)
        add("iso-8859-1 us-ascii windows-1252", nil, nil)
        add("latin1 l1 iso8859-1 iso_8859-1 iso88591 cp819 ibm819 iso-ir-100", "iso-8859-1", nil)
        add("ascii ansi_x3.4-1968 iso646-us", "us-ascii", nil)
        add("cp1252 x-cp1252", "windows-1252", nil)
        add("gb2312 gb_2312 gb_2312-80 csgb2312 chinese gbk x-gbk cp936", "gb18030", "GB18030")
        add("gb18030 windows-936 iso-ir-58 euc-cn", "gb18030", "GB18030")
        add("hz-gb-2312", nil, "HZ")
        add("big5 big5-hkscs x-x-big5 big5_hkscs csbig5 cn-big5", "big5", "BIG5-HKSCS")
        add("shift_jis shift-jis sjis ms_kanji x-sjis csshiftjis", "shift_jis", "CP932")
        add("windows-31j cp932 ms932 windows-932", "shift_jis", "CP932")
        add("euc-jp x-euc-jp x-euc cseucpkdfmtjapanese", "euc-jp", "EUC-JP-MS")
        add("euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 korean", "euc-kr", "UHC")
        add("windows-949 cp949 uhc ksc_5601 cseuckr", "euc-kr", "UHC")
        add("x-mac-roman macintosh mac csmacintosh", "macintosh", "MACINTOSH")
        add("x-mac-cyrillic x-mac-ukrainian", "x-mac-cyrillic", "MAC-CYRILLIC")
        add("iso-8859-8-i logical", "iso-8859-8", "ISO-8859-8")
        add("iso-8859-9 latin5", "iso-8859-9", "CP1254")
        add("iso-8859-11 tis-620 windows-874", "windows-874", "CP874")
        add("koi8-r koi koi8 cskoi8r", "koi8-r", "KOI8-R")
        add("koi8-u koi8-ru", "koi8-u", "KOI8-U")
        add("utf-16 ucs-2 iso-10646-ucs-2 unicode", "utf-16", "UTF-16LE")
        add("utf-16le unicodefffe", "utf-16le", "UTF-16LE")
        add("utf-16be unicodefeff", "utf-16be", "UTF-16BE")
        add("utf-32 ucs-4", "utf-32", "UTF-32LE")
        return table
    }()

    private init(name: String, iconvName: String?) {
        self.name = name
        self.iconvName = iconvName
    }

    /// Absent where neither the table nor the form of a plain label vouches for it.
    init?(_ label: String) {
        if label == "utf-8" || label == "UTF-8" {
            self = .utf8
            return
        }
        let trimmed = label.lowercased().split(whereSeparator: { $0.isWhitespace }).first
        guard let key = trimmed.map(String.init) else { return nil }
        if let known = Self.table[key] {
            self.init(name: known.name, iconvName: known.iconv)
            return
        }
        // A slash would hand glibc a conversion suffix such as `//TRANSLIT`.
        let isPlain = key.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
                || [0x2D, 0x5F, 0x2E, 0x3A].contains($0)
        }
        guard isPlain, key.utf8.count <= 40 else { return nil }
        self.init(name: key, iconvName: key.uppercased())
    }

    /// For the encodings that only their first bytes reveal.
    static func detected(_ name: String, _ iconvName: String) -> EncodingLabel {
        EncodingLabel(name: name, iconvName: iconvName)
    }
}
