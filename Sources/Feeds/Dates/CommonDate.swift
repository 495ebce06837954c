import EarshotDomain
import EarshotWire

/// The two forms that nearly all feeds write, read without tokens: RFC 5322's
/// `Tue, 10 Mar 2026 07:30:00 GMT` and RFC 3339's `2026-03-10T07:30:00Z`, with the usual zones.
///
/// Whatever deviates in one byte is left to `DateReading`.
struct CommonDate {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    static func timestamp(_ bytes: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        // `1 Mar 2026 07:30:00 Z` is the shortest, RFC 3339 with nine digits of fraction the
        // longest.
        guard (20...35).contains(bytes.count) else { return nil }
        var date = CommonDate(bytes: bytes)
        return bytes[4] == UInt8(ascii: "-") ? date.internet() : date.mail()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// RFC 3339, with `T`.
    private mutating func internet() -> Timestamp? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"),
            let day = digits(2), take("T") || take("t"), let clock = clock()
        else { return nil }
        var fraction = 0
        if take(".") {
            var scale = 100
            let start = index
            while index < bytes.count, bytes[index].isASCIIDigit {
                fraction += Int(bytes[index] - 0x30) * scale
                scale /= 10
                index += 1
            }
            guard index > start else { return nil }
        }
        let offset: Int
        if take("Z") || take("z") {
            offset = 0
        } else {
            guard let isWest = sign(), let hours = digits(2), take(":"), let minutes = digits(2),
                hours < 14, minutes < 60
            else { return nil }
            offset = (isWest ? -1 : 1) * (hours * 60 + minutes)
        }
        return moment(year, month, day, clock, offset: offset, milliseconds: fraction)
    }

    /// RFC 5322, section 3.3.
    private mutating func mail() -> Timestamp? {
        if bytes[3] == UInt8(ascii: ",") {
            index = 4
            guard take(" ") else { return nil }
        }
        let isShort = index + 1 < bytes.count && bytes[index + 1] == 0x20
        guard let day = digits(isShort ? 1 : 2), take(" "), let month = month(), take(" "),
            let year = digits(4), take(" "), let clock = clock(), take(" "), let offset = zone()
        else { return nil }
        return moment(year, month, day, clock, offset: offset, milliseconds: 0)
    }

    // MARK: - Parts

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: sign) else { return false }
        index += 1
        return true
    }

    private mutating func digits(_ count: Int) -> Int? {
        guard index + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<(index + count)] {
            guard byte.isASCIIDigit else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        index += count
        return value
    }

    /// Seconds of the day by `hh:mm:ss`.
    private mutating func clock() -> Int? {
        guard let hour = digits(2), take(":"), let minute = digits(2), take(":"),
            let second = digits(2), hour < 24, minute < 60, second < 60
        else { return nil }
        return (hour * 60 + minute) * 60 + second
    }

    private mutating func month() -> Int? {
        guard index + 3 <= bytes.count else { return nil }
        var word = 0
        for byte in bytes[index..<(index + 3)] { word = word << 8 | Int(byte.asciiLowercased) }
        index += 3
        // The three letters of an English month as one number.
        return switch word {
        case 0x6A616E: 1
        case 0x666562: 2
        case 0x6D6172: 3
        case 0x617072: 4
        case 0x6D6179: 5
        case 0x6A756E: 6
        case 0x6A756C: 7
        case 0x617567: 8
        case 0x736570: 9
        case 0x6F6374: 10
        case 0x6E6F76: 11
        case 0x646563: 12
        default: nil
        }
    }

    /// Whether the sign is that of the western half.
    private mutating func sign() -> Bool? {
        if take("-") { return true }
        return take("+") ? false : nil
    }

    /// Minutes east of UTC, by `GMT`, `UTC`, `Z` or four digits.
    private mutating func zone() -> Int? {
        if take("Z") { return 0 }
        if take("G") { return take("M") && take("T") ? 0 : nil }
        if take("U") { return take("T") && take("C") ? 0 : nil }
        guard let isWest = sign(), let hours = digits(2), let minutes = digits(2), hours < 14,
            minutes < 60
        else { return nil }
        return (isWest ? -1 : 1) * (hours * 60 + minutes)
    }

    private func moment(
        _ year: Int, _ month: Int, _ day: Int, _ clock: Int, offset: Int, milliseconds: Int
    ) -> Timestamp? {
        guard index == bytes.count, year >= 1_970,
            let date = LocalDate(checkedYear: year, month: month, day: day)
        else { return nil }
        let seconds = date.dayNumber * 86_400 + clock - offset * 60
        return seconds < 0 ? nil : Timestamp(milliseconds: Int64(seconds * 1_000 + milliseconds))
    }
}
