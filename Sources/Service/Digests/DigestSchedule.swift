package import EarshotDomain
import EarshotTrends

/// When a reader's daily digests are due.
package struct DigestSchedule: Sendable {
    private let calendar: LocalCalendar
    private let minute: Int

    /// Absent for a zone that does not exist.
    package init?(_ reader: Configuration.Reader) {
        guard let calendar = LocalCalendar(zone: reader.zone) else { return nil }
        self.calendar = calendar
        minute = reader.minute
    }

    /// The newest digest that is due at `moment`: its day, and since when it is due.
    ///
    /// A day's digest is due at the reader's time of the day after; a time that the clocks skip
    /// or show twice is as RFC 5545, section 3.3.5, says.
    package func lastDue(by moment: Timestamp) -> (day: LocalDate, at: Timestamp) {
        let candidates = [0, -1].map { due(days: $0, from: moment) }
        return candidates.first { $0.at <= moment } ?? candidates[1]
    }

    /// When the next one is due after `moment`.
    package func nextDue(after moment: Timestamp) -> Timestamp {
        let candidates = [0, 1].map { due(days: $0, from: moment).at }
        return candidates.first { $0 > moment } ?? candidates[1]
    }

    /// The digest that is due on the morning so many days after that of `moment`.
    private func due(days: Int, from moment: Timestamp) -> (day: LocalDate, at: Timestamp) {
        let today = calendar.clock(at: moment).date
        let morning = LocalDate(dayNumber: today.dayNumber + days)
        let at = calendar.instant(
            WallClock(date: morning, hour: minute / 60, minute: minute % 60))
        return (day: LocalDate(dayNumber: morning.dayNumber - 1), at: at)
    }
}
