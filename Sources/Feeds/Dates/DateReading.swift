import EarshotDomain
import EarshotWire

/// A date on its way from text to moment.
struct DateReading {
    private var tokens: [DateToken] = []
    private var year: Int?
    /// A number behind the clock that is the year where none stands before it.
    private var trailingYear: Int?
    private var month: Int?
    private var day: Int?
    private var dayOfYear: Int?
    /// Week of the year and day of the week, from 1 (ISO 8601).
    private var week: (number: Int, day: Int)?
    private var hour = 0
    private var minute = 0
    private var second = 0
    private var millisecond = 0
    private var isAfternoon: Bool?
    /// Minutes east of UTC.
    private var offset: Int?
    private var epochMilliseconds: Int64?

    /// Longest text that may be a date; chosen.
    private static let lengthLimit = 128

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count <= Self.lengthLimit else { return nil }
        tokens.reserveCapacity(24)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let start = index
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                var value = 0
                while index < bytes.count, bytes[index].isASCIIDigit, index - start < 18 {
                    value = value * 10 + Int(bytes[index] - 0x30)
                    index += 1
                }
                tokens.append(.number(value, digits: index - start))
            case let byte where byte.isASCIILetter || byte >= 0x80:
                while index < bytes.count, bytes[index].isASCIILetter || bytes[index] >= 0x80 {
                    index += 1
                }
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                appendWord(text.lowercased())
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "/"),
                UInt8(ascii: "."):
                tokens.append(.sign(byte))
                index += 1
            case UInt8(ascii: ","):
                tokens.append(.comma)
                index += 1
            default: index += 1
            }
        }
        guard !tokens.isEmpty else { return nil }
    }

    /// The dashes of typesetters are signs; all else is a word.
    private mutating func appendWord(_ word: String) {
        switch word {
        case "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2212}":
            tokens.append(.sign(UInt8(ascii: "-")))
        case "\u{A0}", "\u{202F}", "\u{3000}": break
        default: tokens.append(.word(word))
        }
    }

    // MARK: - Decision

    mutating func decide() -> Bool {
        if let clock = tokens.indices.first(where: { isClock(at: $0) }) {
            guard let end = readClock(at: clock) else { return false }
            if !tokens[..<clock].contains(where: { $0.number != nil }) {
                return readDateBehindClock(tokens[end...])
            }
            guard readTail(tokens[end...]) else { return false }
            return readDate(Array(tokens[..<clock]))
        }
        return readDate(tokens)
    }

    /// `07:30 PM EST, 10 March 2026`.
    private mutating func readDateBehindClock(_ tail: ArraySlice<DateToken>) -> Bool {
        var rest = tail
        while let word = rest.first?.word {
            if let isAfternoon = DateWords.isAfternoon(word) {
                self.isAfternoon = isAfternoon
            } else if let zone = DateWords.zone(word) {
                offset = zone
            } else {
                break
            }
            rest.removeFirst()
        }
        return readDate(Array(rest))
    }

    private func isClock(at index: Int) -> Bool {
        guard index + 2 < tokens.count, tokens[index].digits <= 2 else { return false }
        guard tokens[index].number != nil, tokens[index + 2].number != nil else { return false }
        // The offset of `20031231T101455+01:00` is no clock.
        if index >= 3, tokens[index - 3] == .word("t"),
            tokens[index - 1].isSign("+") || tokens[index - 1].isSign("-")
        {
            return false
        }
        return tokens[index + 1].isSign(":") || tokens[index + 1] == .word("h")
    }

    /// Reads `h:m[:s[.f]]`; gives the index behind it.
    private mutating func readClock(at start: Int) -> Int? {
        hour = tokens[start].number ?? 0
        minute = tokens[start + 2].number ?? 0
        var next = start + 3
        if next < tokens.count, tokens[next].isSign(":") {
            guard next + 1 < tokens.count, let given = tokens[next + 1].number else { return nil }
            second = given
            next += 2
        }
        if next + 1 < tokens.count, tokens[next].isSign(".") || tokens[next] == .comma,
            case .number(let value, let digits) = tokens[next + 1],
            tokens[next].isSign(".") || digits != 4
        {
            var scaled = value
            for _ in stride(from: digits, to: 3, by: 1) { scaled *= 10 }
            for _ in stride(from: 3, to: digits, by: 1) { scaled /= 10 }
            millisecond = scaled
            next += 2
        }
        guard hour <= 24, minute < 60, second <= 60, hour < 24 || (minute == 0 && second == 0)
        else { return nil }
        return next
    }

    /// Reads what may follow the clock: morning or afternoon, zone, and the year of `asctime`.
    private mutating func readTail(_ tail: ArraySlice<DateToken>) -> Bool {
        var index = tail.startIndex
        while index < tail.endIndex {
            switch tail[index] {
            case .word(let word):
                if let isAfternoon = DateWords.isAfternoon(word) {
                    self.isAfternoon = isAfternoon
                } else if let zone = DateWords.zone(word) {
                    offset = offset ?? zone
                }
            case .sign(UInt8(ascii: "+")), .sign(UInt8(ascii: "-")):
                guard let end = readOffset(tail, index) else { return false }
                index = end
                continue
            case .number(let value, let digits):
                if digits == 4, trailingYear == nil { trailingYear = value }
            case .sign(UInt8(ascii: ":")): return false
            case .sign, .comma: break
            }
            index += 1
        }
        return true
    }

    /// Reads `±hh`, `±hmm`, `±hhmm` or `±hh:mm`; gives the index behind it.
    private mutating func readOffset(_ tail: ArraySlice<DateToken>, _ index: Int) -> Int? {
        guard index + 1 < tail.endIndex, case .number(let value, let digits) = tail[index + 1]
        else { return nil }
        var minutes = digits <= 2 ? value * 60 : value / 100 * 60 + value % 100
        var end = index + 2
        if digits <= 2, end < tail.endIndex, tail[end].isSign(":") {
            guard end + 1 < tail.endIndex, let rest = tail[end + 1].number, rest < 60 else {
                return nil
            }
            minutes += rest
            end += 2
        }
        // Real zones lie between -12 and +14 hours; beyond, the number is noise.
        guard digits <= 4, minutes <= 14 * 60 else { return end }
        let signed = tail[index].isSign("-") ? -minutes : minutes
        // `GMT-01:01` and `-0800 (PST)`: the number counts.
        offset = signed
        return end
    }

    // MARK: - Calendar

    private mutating func readDate(_ all: [DateToken]) -> Bool {
        var part = all.filter { $0 != .comma }
        while let last = part.last, last == .word("t") || last == .sign(UInt8(ascii: "-")) {
            part.removeLast()
        }
        // A word that begins the text is a weekday, in whatever language.
        if case .word(let word)? = part.first, part.count > 1,
            DateWords.month(word) == nil || part.dropFirst().contains(where: isMonth)
        {
            part.removeFirst()
            if case .sign(UInt8(ascii: "."))? = part.first { part.removeFirst() }
        }
        if let last = part.last?.word, let isAfternoon = DateWords.isAfternoon(last) {
            self.isAfternoon = isAfternoon
            part.removeLast()
        }
        if part.contains(where: { ["年", "년"].contains($0.word) }) { return readEastAsian(part) }
        if let month = part.compactMap({ $0.word.flatMap(DateWords.month) }).last {
            self.month = month
            return readNamed(part)
        }
        return readNumeric(part)
    }

    private func isMonth(_ token: DateToken) -> Bool {
        token.word.flatMap(DateWords.month) != nil
    }

    /// `2004年5月28日`, `2004년 5월 28일`.
    private mutating func readEastAsian(_ part: [DateToken]) -> Bool {
        for (token, mark) in zip(part, part.dropFirst()) {
            switch mark.word {
            case "年", "년": year = token.number
            case "月", "월": month = token.number
            case "日", "일": day = token.number
            case let word? where word.hasPrefix("日") || word.hasPrefix("일"):
                day = token.number
                isAfternoon = DateWords.isAfternoon(String(word.dropFirst()))
            default: break
            }
        }
        return year != nil && month != nil
    }

    /// Day and year beside the name of a month, in either order.
    private mutating func readNamed(_ part: [DateToken]) -> Bool {
        var small: [(value: Int, digits: Int)] = []
        for token in part {
            guard case .number(let value, let digits) = token else { continue }
            if digits >= 3 || value > 31 {
                guard year == nil else { return false }
                year = digits <= 2 ? fullYear(value) : value
            } else {
                small.append((value, digits))
            }
        }
        day = small.first?.value
        year = year ?? trailingYear
        if year == nil, small.count > 1 { year = fullYear(small[1].value) }
        // A zone of a date without a clock, or a time zone's name, is no part of the day.
        return year != nil && small.count <= 2
    }

    private func fullYear(_ twoDigits: Int) -> Int {
        twoDigits < 70 ? 2_000 + twoDigits : 1_900 + twoDigits
    }

    private mutating func readNumeric(_ part: [DateToken]) -> Bool {
        var part = part
        let isReduced = part.first?.isSign("-") == true
        if isReduced { part.removeFirst() }
        // `20031231T101455Z`, or a date with its hour alone.
        if let mark = part.firstIndex(of: .word("t")), mark + 1 < part.count {
            guard readCompactClock(part[mark + 1]), readTail(part[(mark + 2)...]) else {
                return false
            }
            part = Array(part[..<mark])
        } else if let last = part.last?.word, part.count > 1, let zone = DateWords.zone(last) {
            offset = offset ?? zone
            part.removeLast()
        }
        if let mark = part.firstIndex(of: .word("w")) { return readWeek(part, mark) }
        switch part.count {
        case 1: return readPacked(part[0], isReduced: isReduced)
        case 3: return readPair(part, isReduced: isReduced)
        case 5: return readTriple(part)
        default: return false
        }
    }

    private mutating func readCompactClock(_ token: DateToken) -> Bool {
        guard case .number(let value, let digits) = token else { return false }
        switch digits {
        case 2: hour = value
        case 4: (hour, minute) = (value / 100, value % 100)
        case 6: (hour, minute, second) = (value / 10_000, value / 100 % 100, value % 100)
        default: return false
        }
        return hour < 24 && minute < 60 && second < 60
    }

    /// Digits alone: `2003`, `031231`, `20031231`, `03335`, `2003335`, `-0312`, `20031231101455`,
    /// seconds (9 to 11 digits) or milliseconds (13) since 1970.
    private mutating func readPacked(_ token: DateToken, isReduced: Bool) -> Bool {
        guard case .number(let value, let digits) = token else { return false }
        switch (digits, isReduced) {
        case (4, true): (year, month) = (fullYear(value / 100), value % 100)
        case (4, false): year = value
        case (5, false): (year, dayOfYear) = (fullYear(value / 1_000), value % 1_000)
        case (6, false):
            (year, month, day) = (fullYear(value / 10_000), value / 100 % 100, value % 100)
        case (7, false): (year, dayOfYear) = (value / 1_000, value % 1_000)
        case (8, false): (year, month, day) = (value / 10_000, value / 100 % 100, value % 100)
        case (9...11, false): epochMilliseconds = Int64(value) * 1_000
        case (13, false): epochMilliseconds = Int64(value)
        case (14, false):
            (year, month, day) = (
                value / 10_000_000_000, value / 100_000_000 % 100, value / 1_000_000 % 100
            )
            guard readCompactClock(.number(value % 1_000_000, digits: 6)) else { return false }
        default: return false
        }
        return true
    }

    /// `2003-W52-3`, `2003W523`, `2003-W52`.
    private mutating func readWeek(_ part: [DateToken], _ mark: Int) -> Bool {
        let numbers = part.compactMap(\.number)
        guard let first = part.first, first.digits == 4, mark + 1 < part.count,
            numbers.count == 2 || numbers.count == 3
        else { return false }
        let isPacked = part[mark + 1].digits == 3
        guard isPacked || part[mark + 1].digits == 2, !isPacked || numbers.count == 2 else {
            return false
        }
        let number = isPacked ? numbers[1] / 10 : numbers[1]
        let day = isPacked ? numbers[1] % 10 : numbers.count == 3 ? numbers[2] : 1
        guard (1...53).contains(number), (1...7).contains(day) else { return false }
        year = numbers[0]
        week = (number, day)
        return true
    }

    /// `2003-12`, `2003-335`, `-03-12`.
    private mutating func readPair(_ part: [DateToken], isReduced: Bool) -> Bool {
        guard let first = part[0].number, let second = part[2].number, part[1].isSign("-") else {
            return false
        }
        if isReduced {
            (year, month) = (fullYear(first), second)
        } else if part[0].digits == 4, part[2].digits == 3 {
            (year, dayOfYear) = (first, second)
        } else if part[0].digits == 4 {
            (year, month) = (first, second)
        } else {
            return false
        }
        return true
    }

    /// Year, month and day with one sign between them.
    private mutating func readTriple(_ part: [DateToken]) -> Bool {
        guard let a = part[0].number, let b = part[2].number, let c = part[4].number,
            case .sign(let sign) = part[1], part[3] == part[1], sign != UInt8(ascii: ":")
        else { return false }
        if part[0].digits == 4 {
            (year, month, day) = (a, b, c)
        } else if sign == UInt8(ascii: "-"), part[4].digits <= 2 {
            (year, month, day) = (fullYear(a), b, c)
        } else {
            year = part[4].digits <= 2 ? fullYear(c) : c
            if sign == UInt8(ascii: ".") || a > 12 || a == b {
                (day, month) = (a, b)
            } else if b > 12 {
                (month, day) = (a, b)
            } else {
                return false
            }
        }
        return true
    }

    // MARK: - Result

    var timestamp: Timestamp? {
        if let epochMilliseconds { return Timestamp(milliseconds: epochMilliseconds) }
        guard let year, (1_970...9_999).contains(year) else { return nil }
        var days: Int
        if let dayOfYear {
            guard (1...366).contains(dayOfYear),
                let first = LocalDate(checkedYear: year, month: 1, day: 1)
            else { return nil }
            days = first.dayNumber + dayOfYear - 1
        } else if let week {
            // Week 1 is the one with the fourth of January.
            let fourth = LocalDate(year: year, month: 1, day: 4)
            days = fourth.dayNumber - fourth.weekday + (week.number - 1) * 7 + week.day - 1
        } else {
            guard let date = LocalDate(checkedYear: year, month: month ?? 1, day: day ?? 1) else {
                return nil
            }
            days = date.dayNumber
        }
        var hour = hour
        if let isAfternoon, hour <= 12 { hour = hour % 12 + (isAfternoon ? 12 : 0) }
        if hour == 24 { (days, hour) = (days + 1, 0) }
        let minutes = hour * 60 + minute - (offset ?? 0)
        let milliseconds =
            Int64(days) * 86_400_000 + Int64(minutes * 60 + second) * 1_000 + Int64(millisecond)
        return milliseconds >= 0 ? Timestamp(milliseconds: milliseconds) : nil
    }
}
