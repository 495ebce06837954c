import EarshotDomain
import EarshotWire
import Testing

@Suite struct TimestampTests {
    /// Second source: Python's `datetime(...).timestamp()`.
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-03-10T08:30:00Z", 1_773_131_400_000),
        ("2000-02-29T23:59:59Z", 951_868_799_000), ("1969-12-31T23:59:59Z", -1_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ("9999-12-31T23:59:59.250Z", 253_402_300_799_250),
    ])
    func readsAndWritesTheSameMoment(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
    }

    @Test func readsOffsetsLeapSecondsAndBareDates() {
        let moment = Timestamp(rfc3339: "2026-03-10T08:30:00Z")
        #expect(Timestamp(rfc3339: "2026-03-10T09:30:00+01:00") == moment)
        #expect(Timestamp(rfc3339: "2026-03-10t03:00:00-05:30") == moment)
        #expect(
            Timestamp(rfc3339: "2016-12-31T23:59:60Z")
                == Timestamp(rfc3339: "2016-12-31T23:59:59Z"))
        #expect(Timestamp(rfc3339: "2026-03-10") == Timestamp(rfc3339: "2026-03-10T00:00:00Z"))
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-02-30", "2025-02-29T00:00:00Z", "2026-03-10T24:00:00Z",
        "2026-03-10T08:30:00", "2026-03-10T08:30:00.Z", "2026-03-10T08:30:00Zx", "tomorrow",
        "2026-03-10T08:30:00+1:00",
    ])
    func refusesWhatIsNoMoment(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func readsAndWritesDates() {
        #expect(LocalDate(iso8601: "2026-03-09")?.iso8601 == "2026-03-09")
        for text in ["2026-3-9", "2026-02-30", "2025-02-29", "26-03-09", "2026-03-09Z", ""] {
            #expect(LocalDate(iso8601: text) == nil)
        }
    }
}
