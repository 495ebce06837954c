package import EarshotDomain

/// What a detector remembers beside the mentions: the alert that is open, and what was.
///
/// Kept in the store beside the watermark up to which ticks were run; with the mentions known by
/// then it is the whole state.
package struct SpikeStanding: Hashable, Sendable {
    /// An alert that is open.
    package struct Open: Hashable, Sendable {
        package let openedAt: Timestamp
        /// Of the window that opened it.
        package let hours: Int
        /// What was last reported, when and how high; in nats above the bars.
        package var reportedAt: Timestamp
        package var height: Double
        /// E of what was last reported, in thousandths of a story.
        package var excess: Int
        /// Since when no window is near the bars.
        package var calmSince: Timestamp?

        package init(
            openedAt: Timestamp, hours: Int, reportedAt: Timestamp, height: Double,
            excess: Int, calmSince: Timestamp?
        ) {
            self.openedAt = openedAt
            self.hours = hours
            self.reportedAt = reportedAt
            self.height = height
            self.excess = excess
            self.calmSince = calmSince
        }

        /// Hours from which nothing is learned: from the window's start on, at most seven days
        /// after the opening; by then it is the new normal (the note).
        var unlearned: Range<Timestamp> {
            (openedAt - .hours(Int64(hours)))..<(openedAt + .days(7))
        }
    }

    /// When listening began; absent where the earliest mention tells it.
    package var observedFrom: Timestamp?
    package var open: Open?
    /// When the last alert was opened; the next one waits a day.
    package var lastOpenedAt: Timestamp?
    /// From alerts that were resolved; oldest first.
    package var unlearned: [Range<Timestamp>]

    package init(
        observedFrom: Timestamp? = nil, open: Open? = nil, lastOpenedAt: Timestamp? = nil,
        unlearned: [Range<Timestamp>] = []
    ) {
        self.observedFrom = observedFrom
        self.open = open
        self.lastOpenedAt = lastOpenedAt
        self.unlearned = unlearned
    }
}

/// What a tick has to tell of a brand.
package struct SpikeSignal: Hashable, Sendable {
    package let kind: AlertEvent.Kind
    /// When its alert was opened.
    package let openedAt: Timestamp
    package let reading: SpikeReading

    package init(kind: AlertEvent.Kind, openedAt: Timestamp, reading: SpikeReading) {
        self.kind = kind
        self.openedAt = openedAt
        self.reading = reading
    }
}
