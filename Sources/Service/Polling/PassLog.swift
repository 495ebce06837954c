import EarshotDomain
import EarshotStore
import EarshotWire
package import Logging

/// Tells a log what a pass does: what went wrong and what is new at `info`, the rest at `debug`.
package struct PassLog: Sendable {
    private let logger: Logger

    package init(
        _ logger: Logger = Logger(label: "earshot") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.logger = logger
    }

    func polled(_ source: Source, _ record: PollRecord, newEntries: Int, mentions: Int) {
        var facts: Logger.Metadata = [
            "source": "\(source.key)", "outcome": "\(record.outcome.rawValue)",
            "next": "\(record.state.nextDue.rfc3339)",
        ]
        facts["status"] = record.status.map { "\($0)" }
        if let error = record.error {
            facts["error"] = "\(error)"
            facts["failures"] = "\(record.state.failures)"
            facts["why_then"] = "\(record.state.dueReason.rawValue)"
            logger.warning("poll failed", metadata: facts)
        } else if newEntries > 0 {
            facts["entries"] = "\(newEntries)"
            facts["mentions"] = "\(mentions)"
            logger.info("new entries", metadata: facts)
        } else {
            logger.debug("nothing new", metadata: facts)
        }
        if let moved = record.state.movedTo, record.state.movedAt == record.eventAt {
            logger.notice(
                "source has moved", metadata: ["source": "\(source.key)", "to": "\(moved)"])
        }
        if let pause = record.pause {
            logger.notice(
                "host is left alone",
                metadata: [
                    "host": "\(pause.host)", "until": "\(pause.until.rfc3339)",
                ])
        }
    }

    func settled(news: [AlertNews], digests: Int) {
        for piece in news {
            logger.notice(
                "alert",
                metadata: [
                    "brand": "\(piece.brand.key)", "event": "\(piece.event.kind.rawValue)",
                ])
        }
        if digests > 0 { logger.info("digests made", metadata: ["count": "\(digests)"]) }
    }
}
