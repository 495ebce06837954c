/// Names of months and time zones in dates.
enum DateWords {
    /// Month of a lower-case word, full or short, in English, German, French, Spanish, Italian,
    /// Portuguese, Dutch, Russian, Polish, Greek or Hungarian.
    static func month(_ word: String) -> Int? {
        if let known = english[word] { return known }
        guard !weekdays.contains(word) else { return nil }
        return prefixes.first { word.hasPrefix($0.prefix) }?.month
    }

    private static let english: [String: Int] = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8,
        "sep": 9, "oct": 10, "nov": 11, "dec": 12,
    ]

    /// Weekdays that begin like a month, and the most common ones, which need not be looked up.
    private static let weekdays: Set<String> = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        "mardi", "martes", "martedì", "martedi", "maandag", "marți",
    ]

    private static let prefixes: [(prefix: String, month: Int)] = [
        "jan ene gen янв sty ιαν", "feb fév fev févr фев lut φεβ",
        "mar mär mrz maer maa mrt már мар μαρ μάρ", "apr avr abr ápr апр kwi απρ",
        "may mai maj máj mag mei май мая μαϊ μάι μαι", "jun juin giu июн cze jún ιουν ιούν ιον",
        "jul juil lug июл lip júl ιουλ ιούλ ιολ", "aug aou aoû ago авг sie αυγ αύγ",
        "sep set сен wrz szept σεπ", "oct okt ott out окт paź paz οκτ", "nov ноя lis νοε νοέ",
        "dec dez dic déc дек gru δεκ",
    ].enumerated().flatMap { index, names in
        names.split(separator: " ").map { (prefix: String($0), month: index + 1) }
    }

    /// Minutes east of UTC of a lower-case zone name (RFC 822 and common usage; a military letter
    /// is UTC by RFC 5322, section 4.3).
    static func zone(_ word: String) -> Int? {
        if word.utf8.count == 1 { return 0 }
        return zones[word]
    }

    private static let zones: [String: Int] = [
        "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "uct": 0,
        "est": -300, "edt": -240, "et": -300, "cst": -360, "cdt": -300, "ct": -360,
        "mst": -420, "mdt": -360, "mt": -420, "pst": -480, "pdt": -420, "pt": -480,
        "ast": -240, "adt": -180, "at": -240, "akst": -540, "akdt": -480, "hst": -600,
        "nst": -210, "ndt": -150, "brt": -180, "art": -180, "clt": -240,
        "bst": 60, "west": 60, "cet": 60, "cest": 120, "met": 60, "mest": 120, "mez": 60,
        "mesz": 120, "eet": 120, "eest": 180, "sast": 120, "msk": 180, "msd": 240,
        "ist": 330, "ict": 420, "wib": 420, "hkt": 480, "sgt": 480, "pht": 480, "awst": 480,
        "jst": 540, "kst": 540, "acst": 570, "acdt": 630, "aest": 600, "aedt": 660,
        "nzst": 720, "nzdt": 780,
    ]

    /// Marks of the afternoon (true) and the morning (false).
    static func isAfternoon(_ word: String) -> Bool? {
        switch word {
        case "pm", "下午", "오후", "午後": true
        case "am", "上午", "오전", "午前": false
        default: nil
        }
    }
}
