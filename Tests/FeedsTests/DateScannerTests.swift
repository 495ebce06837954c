import EarshotDomain
import EarshotFeeds
import Testing

@Suite struct DateScannerTests {
    /// Second source: `email.utils.parsedate_to_datetime` of Python 3.11, in seconds.
    @Test(arguments: [
        ("Thu, 01 Jan 2004 19:48:21 GMT", 1_072_986_501),
        ("Sat, 07 Sep 2002 00:00:01 +0530", 1_031_337_001),
        ("Sun, 29 Feb 2004 23:59:59 -0800", 1_078_127_999),
        ("Wed, 19 Aug 2009 18:28 EST", 1_250_724_480),
        ("1 Feb 99 08:00:00 PDT", 917_881_200),
        ("Mon, 9 Nov 2026 7:05:06 +0000 (UTC)", 1_794_207_906),
    ])
    func readsMailDates(text: String, seconds: Int64) {
        #expect(DateScanner.timestamp(text) == Timestamp(seconds: seconds))
    }

    /// Second source: `datetime.fromisoformat` of Python 3.11, in milliseconds.
    @Test(arguments: [
        ("2003-12-31T10:14:55-08:00", 1_072_894_495_000),
        ("2003-12-31T10:14:55.123+05:30", 1_072_845_895_123),
        ("2024-02-29 12:00:00", 1_709_208_000_000),
        ("20031231T101455+00:00", 1_072_865_695_000),
        ("2026-11-24", 1_795_478_400_000),
    ])
    func readsISODates(text: String, milliseconds: Int64) {
        #expect(DateScanner.timestamp(text) == Timestamp(milliseconds: milliseconds))
    }

    /// Forms seen in feeds that no one layout covers.
    ///
    /// Second source: the parts put together by Python's `datetime`, in seconds.
    @Test(arguments: [
        ("Sat, Dec 16 2023 02:02:33 PM", 1_702_735_353),
        ("2020/1/10 14:33:00", 1_578_666_780),
        ("Thu Jan  1 19:48:21 2004", 1_072_986_501),
        ("2004年5月28日 14:30", 1_085_754_600),
        ("2004年5月28日 下午2:30", 1_085_754_600),
        ("2004년 05월 28일 오후 1:31:15", 1_085_751_075),
        ("24.12.2025 08:30", 1_766_565_000),
        ("13/02/2024", 1_707_782_400),
        ("02/13/2024", 1_707_782_400),
        ("Di, 03 März 2015 10:00:00 +0100", 1_425_373_200),
        ("mar, 3 mars 2015 10:00:00 +0100", 1_425_373_200),
        ("3 de octubre de 2019", 1_570_060_800),
        ("пт, 05 июл 2019 12:00:00 +0300", 1_562_317_200),
        ("1100000000", 1_100_000_000),
        ("1100000000000", 1_100_000_000),
        ("2003-335", 1_070_236_800),
        ("2003-12-31T24:00:00Z", 1_072_915_200),
        ("Jan 2nd, 2006", 1_136_160_000),
        ("Fri, 2006/09/15 08:19:53 EDT", 1_158_322_793),
        ("Mon, 26 January 2004 16:31:00 CT", 1_075_156_260),
    ])
    func readsDatesOfTheWild(text: String, seconds: Int64) {
        #expect(DateScanner.timestamp(text) == Timestamp(seconds: seconds))
    }

    /// Second source: `date.fromisocalendar` of Python 3.11, in seconds.
    @Test(arguments: [
        ("2026-W11-2", 1_773_100_800), ("2004W536", 1_104_537_600), ("2009-W01", 1_230_508_800),
        ("2020-W53-5", 1_609_459_200),
    ])
    func readsWeekDates(text: String, seconds: Int64) {
        #expect(DateScanner.timestamp(text) == Timestamp(seconds: seconds))
    }

    /// Zones, dashes and orders that publishers invent; all mean 2026-03-10T07:30:00Z.
    @Test(arguments: [
        "Tue, 10 Mar 2026 07:30:00 0000", "Tue, 10 Mar 2026 07:30:00 +0000",
        "Tue, 10 Mar 26 07:30 Z",
        "2026\u{2013}03\u{2013}10 07:30", "07:30 Tue, 10 March 2026", "7:30 AM GMT, March 10, 2026",
        "Tuesday, March 10, 2026 at 3:30 AM EDT", "10 mar 2026 13:00:00 +0530",
        "2026-03-10t07:30:00.000000z", "2026-03-10T07:29:60Z", "10.03.2026 08:30 MEZ",
        "\n 2026-03-10T07:30Z\t",
    ])
    func readsOneMomentInManyForms(text: String) {
        #expect(DateScanner.timestamp(text) == Timestamp(seconds: 1_773_127_800))
    }

    /// The common forms have a way of their own through the scanner.
    ///
    /// Each is held against a form
    /// that goes the long way, over every 17th day of a century and all hours.
    @Test func readsTheSameByEitherWay() {
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        for (count, number) in stride(from: 1, to: 36_525, by: 17).enumerated() {
            let date = LocalDate(dayNumber: number)
            let clock = "\(two(count % 24)):\(two(count % 60)):\(two(count % 59))"
            let zone = two(count % 13)
            let moment = Timestamp(
                seconds: Int64(
                    number * 86_400 + count % 24 * 3_600 + count % 60 * 60 + count % 59
                        - count % 13 * 3_600))
            let day = "\(date.year)-\(two(date.month))-\(two(date.day))"
            let name =
                "\(weekdays[date.weekday]), \(date.day) \(months[date.month - 1]) \(date.year)"
            for text in [
                "\(name) \(clock) +\(zone)00", "\(name)  \(clock) +\(zone):00",
                "\(day)T\(clock)+\(zone):00", "\(day) \(clock) +\(zone)00",
            ] {
                #expect(DateScanner.timestamp(text) == moment, "\(text)")
            }
        }
    }

    /// A wrong date is worse than none: it moves an entry to another day.
    @Test(arguments: [
        "", "yesterday", "99 Jun 2009 12:00:00 GMT", "2003-12-31T25:14:55Z",
        "2003-12-31T10:14:61Z", "2013-xx-27", "2013-01-28T09:xx:00Z", "03/04/2024",
        "30 Feb 2024", "Sun, 16 zzz 2012 11:47:32 GMT", "1969-12-31T23:59:59Z",
        "99999999999999999999", "2026-W54-1", "2026-W10-8",
        "Tue, 10 Mar 2026 07:30:00 +00:xx", "2026-02-29T00:00:00Z", "2026-03-10T07:60:00Z", "::::",
        "2004-13-01", "+", "T10",
        String(repeating: "1 ", count: 400),
    ])
    func refusesWhatIsNoDate(text: String) {
        #expect(DateScanner.timestamp(text) == nil)
    }
}
