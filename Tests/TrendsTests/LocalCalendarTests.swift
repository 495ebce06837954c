import EarshotDomain
import EarshotTrends
import Foundation
import Testing

/// Instants from the IANA data, as the trends note's section 7 lists them.
@Suite struct LocalCalendarTests {
    @Test(arguments: [
        ("Europe/Berlin", "2025-03-30 02:30", "2025-03-30 01:30"),
        ("Europe/Berlin", "2025-10-26 02:30", "2025-10-26 00:30"),
        ("America/New_York", "2025-03-09 02:30", "2025-03-09 07:30"),
        ("America/New_York", "2025-11-02 01:30", "2025-11-02 05:30"),
        ("Australia/Lord_Howe", "2025-10-05 02:15", "2025-10-04 15:45"),
        ("Australia/Lord_Howe", "2025-04-06 01:45", "2025-04-05 14:45"),
        ("Africa/Cairo", "2025-04-25 00:30", "2025-04-24 22:30"),
        ("Africa/Cairo", "2025-10-30 23:30", "2025-10-30 20:30"),
        ("Asia/Beirut", "2025-03-30 00:00", "2025-03-29 22:00"),
        ("America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04 03:00"),
        ("Pacific/Apia", "2011-12-30 08:00", "2011-12-30 18:00"),
        ("Africa/Casablanca", "2025-02-23 02:30", "2025-02-23 01:30"),
        ("Africa/Casablanca", "2025-04-06 02:30", "2025-04-06 02:30"),
        ("Asia/Kathmandu", "2025-06-01 08:00", "2025-06-01 02:15"),
        ("Asia/Kolkata", "2025-01-01 08:00", "2025-01-01 02:30"),
        ("Asia/Shanghai", "2025-06-01 08:00", "2025-06-01 00:00"),
        ("Asia/Shanghai", "1988-07-01 08:00", "1988-06-30 23:00"),
        ("Pacific/Kiritimati", "2025-01-01 08:00", "2024-12-31 18:00"),
        ("Pacific/Pago_Pago", "2025-01-01 08:00", "2025-01-01 19:00"),
    ])
    func dueInstant(zone: String, local: String, utc: String) throws {
        let calendar = try #require(LocalCalendar(zone: zone))
        let gmt = try #require(LocalCalendar(zone: "GMT"))
        #expect(calendar.instant(try clock(local)) == gmt.instant(try clock(utc)))
    }

    @Test(arguments: [
        ("Europe/Berlin", "2025-03-30 00:00", 23.0),
        ("Europe/Berlin", "2025-10-26 00:00", 25),
        ("Europe/Berlin", "2025-06-01 00:00", 24),
        ("Australia/Lord_Howe", "2025-04-06 00:00", 24.5),
        ("Africa/Cairo", "2025-04-25 00:00", 23),
        ("Africa/Cairo", "2025-10-30 00:00", 25),
        ("Pacific/Apia", "2011-12-30 00:00", 0),
        ("Asia/Shanghai", "2025-06-01 00:00", 24),
    ])
    func dayLength(zone: String, local: String, hours: Double) throws {
        let day = try #require(LocalCalendar(zone: zone)).day(try clock(local).date)
        #expect(day.upperBound - day.lowerBound == .milliseconds(Int64(hours * 3_600_000)))
    }

    /// Second source: Foundation's Gregorian calendar.
    @Test func datesAgreeWithFoundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "GMT"))
        for number in stride(from: -40_000, through: 60_000, by: 37) {
            let date = LocalDate(dayNumber: number)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday],
                from: Date(timeIntervalSince1970: Double(number) * 86_400))
            #expect(parts.year == date.year && parts.month == date.month)
            #expect(parts.day == date.day && parts.weekday == (date.weekday + 1) % 7 + 1)
            #expect(date.dayNumber == number)
        }
    }

    @Test func unknownZoneIsNone() {
        #expect(LocalCalendar(zone: "Mars/Olympus") == nil)
    }

    private func clock(_ text: String) throws -> WallClock {
        let parts = text.split { "- :".contains($0) }.compactMap { Int($0) }
        try #require(parts.count == 5)
        return WallClock(
            date: LocalDate(year: parts[0], month: parts[1], day: parts[2]), hour: parts[3],
            minute: parts[4])
    }
}
