package import EarshotDomain

extension Timestamp {
    /// RFC 3339 in UTC; milliseconds only where there are some.
    package var rfc3339: String {
        let day = Int(milliseconds.flooredQuotient(86_400_000))
        let rest = Int(milliseconds - Int64(day) * 86_400_000)
        let date = LocalDate(dayNumber: day)
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60].map { padded($0, 2) }
        let fraction = rest % 1_000 == 0 ? "" : "." + padded(rest % 1_000, 3)
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
            + "T\(clock[0]):\(clock[1]):\(clock[2])\(fraction)Z"
    }

    /// Reads RFC 3339, a leap second as the second before it, and a date alone as its first moment
    /// in UTC.
    ///
    /// Absent where the text is neither.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            var number = 0
            for byte in bytes[range] {
                guard byte &- UInt8(ascii: "0") < 10 else { return nil }
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return number
        }
        func has(_ byte: Unicode.Scalar, at index: Int) -> Bool {
            index < bytes.count && bytes[index] == UInt8(ascii: byte)
        }
        guard let year = number(0..<4), has("-", at: 4), let month = number(5..<7),
            has("-", at: 7), let day = number(8..<10),
            let date = LocalDate(checkedYear: year, month: month, day: day)
        else { return nil }
        let midnight = Int64(date.dayNumber) * 86_400_000
        if bytes.count == 10 {
            self.init(milliseconds: midnight)
            return
        }
        guard has("T", at: 10) || has("t", at: 10) || has(" ", at: 10),
            let hour = number(11..<13), hour < 24, has(":", at: 13),
            let minute = number(14..<16), minute < 60
        else { return nil }
        var end = 16
        var second = 0
        if has(":", at: 16) {
            guard let given = number(17..<19), given <= 60 else { return nil }
            second = min(given, 59)
            end = 19
        }
        var fraction = 0
        if has(".", at: end) {
            end += 1
            var scale = 100
            let first = end
            while end < bytes.count, bytes[end] &- UInt8(ascii: "0") < 10 {
                fraction += Int(bytes[end] - UInt8(ascii: "0")) * scale
                scale /= 10
                end += 1
            }
            guard end > first else { return nil }
        }
        var offset = 0
        if has("Z", at: end) || has("z", at: end) {
            end += 1
        } else {
            guard has("+", at: end) || has("-", at: end),
                let hours = number((end + 1)..<(end + 3)), hours < 24, has(":", at: end + 3),
                let minutes = number((end + 4)..<(end + 6)), minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (has("-", at: end) ? -1 : 1)
            end += 6
        }
        guard end == bytes.count else { return nil }
        let seconds = (hour * 60 + minute - offset) * 60 + second
        self.init(milliseconds: midnight + Int64(seconds) * 1_000 + Int64(fraction))
    }
}

extension LocalDate {
    /// `YYYY-MM-DD`.
    package var iso8601: String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads `YYYY-MM-DD`; absent where there is no such date.
    package init?(iso8601 text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.count == 3, parts[0].utf8.count == 4,
            parts[1].utf8.count == 2, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2])
        else { return nil }
        self.init(checkedYear: year, month: month, day: day)
    }

    /// Absent where there is no such date.
    package init?(checkedYear year: Int, month: Int, day: Int) {
        let date = LocalDate(year: year, month: month, day: day)
        // The day number of a date that does not exist is that of another one.
        guard (0...9_999).contains(year), (1...12).contains(month), (1...31).contains(day),
            LocalDate(dayNumber: date.dayNumber) == date
        else { return nil }
        self = date
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
