package import EarshotDomain
import Foundation

/// Days and clocks of one zone as instants; the only place below `Service` that knows of zones.
///
/// A local time in a gap takes the offset before the gap, a doubled one is its first occurrence
/// (RFC 5545, 3.3.5). `TimeZone` gives offsets alone; the calendar is `LocalDate`.
package struct LocalCalendar: Sendable {
    /// IANA name.
    package let zone: String
    private let rules: TimeZone

    /// Absent for a name that the zone data does not know.
    package init?(zone: String) {
        guard let rules = TimeZone(identifier: zone) else { return nil }
        self.zone = zone
        self.rules = rules
    }

    /// The first instant at which the clock on the wall shows that time, or would have.
    package func instant(_ clock: WallClock) -> Timestamp {
        let asIfUTC =
            Int64(clock.date.dayNumber) * 86_400 + Int64(clock.hour) * 3_600
            + Int64(clock.minute) * 60
        let before = offset(atSecond: asIfUTC - 86_400)
        let after = offset(atSecond: asIfUTC + 86_400)
        let valid = [asIfUTC - before, asIfUTC - after].filter {
            offset(atSecond: $0) == asIfUTC - $0
        }
        return Timestamp(seconds: valid.min() ?? asIfUTC - before)
    }

    /// From midnight to the next, as instants; empty for a date that its zone left out.
    package func day(_ date: LocalDate) -> Range<Timestamp> {
        let start = instant(WallClock(date: date, hour: 0, minute: 0))
        let next = LocalDate(dayNumber: date.dayNumber + 1)
        let end = instant(WallClock(date: next, hour: 0, minute: 0))
        return start..<max(start, end)
    }

    package func clock(at moment: Timestamp) -> WallClock {
        let second = floorDivide(moment.milliseconds, 1_000)
        let local = second + offset(atSecond: second)
        let dayNumber = floorDivide(local, 86_400)
        let minute = Int(local - dayNumber * 86_400) / 60
        return WallClock(
            date: LocalDate(dayNumber: Int(dayNumber)), hour: minute / 60, minute: minute % 60)
    }

    /// Seconds east of UTC.
    private func offset(atSecond second: Int64) -> Int64 {
        Int64(rules.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    }
}

private func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}
