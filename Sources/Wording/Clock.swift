import EarshotDomain

/// Times of day, which both languages write alike.
enum Clock {
    /// `08:05`.
    static func text(_ clock: WallClock) -> String {
        twoDigits(clock.hour) + ":" + twoDigits(clock.minute)
    }

    private static func twoDigits(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}
