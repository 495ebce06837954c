package import EarshotDomain

extension SkippedTimes {
    private static let hour: Int64 = 3_600_000

    private func isSkipped(hour number: Int64) -> Bool {
        let ofDay = number % 24
        // 1970-01-01 was a Thursday, the fourth day of the week.
        let ofWeek = (number / 24 + 3) % 7
        return hours >> UInt32(ofDay) & 1 == 1 || days >> UInt8(ofWeek) & 1 == 1
    }

    /// `moment`, or the first full hour after it that is not skipped.
    ///
    /// A feed that skips them all has not meant it: then it is `moment`.
    package func next(from moment: Timestamp) -> Timestamp {
        guard !isEmpty, moment.milliseconds >= 0 else { return moment }
        let first = moment.milliseconds / Self.hour
        // A week holds every hour of every day.
        for number in first...(first + 7 * 24) where !isSkipped(hour: number) {
            return number == first ? moment : Timestamp(milliseconds: number * Self.hour)
        }
        return moment
    }
}
