package import EarshotDomain

extension Mapping {
    /// When the platform wants to be asked again, where an answer says that nothing is left for now.
    ///
    /// - Parameter header: the value of a field by its lower-case name.
    package func pauseEnd(_ header: (String) -> String?, now: Timestamp) -> Timestamp? {
        guard let name = limits.remaining, let left = header(name).flatMap({ Double($0) }),
            left < 1
        else { return nil }
        let end = limits.reset.flatMap(header).flatMap { Self.moment($0, now: now) }
        // Without a time of its own, the window that the platform documents.
        return end ?? limits.window.map { now + $0 }
    }

    /// Of requests left and reset each platform has its own idea: a date, seconds since 1970, or
    /// seconds from now.
    private static func moment(_ text: String, now: Timestamp) -> Timestamp? {
        if let number = Double(text), number >= 0, number < 1e11 {
            let seconds = Timestamp(milliseconds: Int64(number * 1_000))
            return number > 1e9 ? seconds : now + .milliseconds(Int64(number * 1_000))
        }
        return DateScanner.timestamp(text)
    }
}
