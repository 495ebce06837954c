/// A second in the two forms that feeds write, by the civil calendar (Hinnant,
/// "chrono-compatible low-level date algorithms", `civil_from_days`).
struct FeedMoment {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    let rfc822: String
    let rfc3339: String

    /// - Parameter seconds: since 1970, none before.
    init(_ seconds: Int) {
        let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let shifted = days + 719_468
        let (era, ofEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let dayOfYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * march + 2) / 5 + 1
        let month = march < 10 ? march + 3 : march - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
        rfc822 =
            "\(Self.weekdays[days % 7]), \(two(day)) \(Self.months[month - 1]) \(year) \(clock) GMT"
        rfc3339 = "\(year)-\(two(month))-\(two(day))T\(clock)Z"
    }
}
