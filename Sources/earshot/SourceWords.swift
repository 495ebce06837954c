import EarshotDomain
import EarshotFeeds
import EarshotService
import EarshotStore
import EarshotWire

/// How sources are spoken of in a terminal.
enum SourceWords {
    /// `2026-03-10 07:30Z`.
    static func time(_ moment: Timestamp?) -> String {
        guard let moment else { return "–" }
        let text = Array(moment.rfc3339.utf8)
        let date = String(decoding: text.prefix(10), as: UTF8.self)
        return date + " " + String(decoding: text.dropFirst(11).prefix(5), as: UTF8.self) + "Z"
    }

    /// In its largest unit of which there are two or more.
    static func span(_ span: Duration) -> String {
        let seconds = max(0, span.milliseconds / 1_000)
        let units: [(Int64, String)] = [(86_400, "days"), (3_600, "hours"), (60, "minutes")]
        for (size, name) in units where seconds >= 2 * size { return "\(seconds / size) \(name)" }
        return "\(seconds) s"
    }

    static func size(_ bytes: Int) -> String {
        bytes < 10_000 ? "\(bytes) B" : "\(bytes / 1_000) kB"
    }

    /// One word for a table.
    static func state(of standing: SourceDesk.Standing) -> String {
        let state = standing.record.state
        if standing.record.retiredAt != nil { return "removed" }
        if state.dueReason == .disabled { return "stopped" }
        if state.failures > 0 { return "failing" }
        if standing.isHeld { return "waiting" }
        if missingPages(state.warnings) != nil { return "gap" }
        if standing.silence != nil { return "quiet" }
        return state.lastPolled == nil ? "new" : "ok"
    }

    /// Why pages of a poll did not come; absent where all did.
    ///
    /// - Parameter warnings: as the store keeps them.
    static func missingPages(_ warnings: String?) -> String? {
        let kind = FeedWarning.Kind.missingPages.rawValue
        guard let note = warnings?.split(separator: "; ").first(where: { $0.hasPrefix(kind) })
        else { return nil }
        let reason = note.dropFirst(kind.count).drop { $0 == ":" || $0 == " " }
        return reason.isEmpty ? "the next poll goes on" : String(reason)
    }

    /// What there is to say where the state is not `ok`, in a sentence or two.
    static func trouble(of standing: SourceDesk.Standing) -> String? {
        let state = standing.record.state
        var sentences: [String] = []
        if let error = state.lastError, state.failures > 0 {
            let times = state.failures == 1 ? "once" : "\(state.failures) times in a row"
            sentences.append(
                "failed \(times), last at \(time(state.lastPolled)): \(error)")
        }
        if state.dueReason == .disabled {
            sentences.append(
                "polled no more; 'earshot source enable \(standing.record.source.key)' tries again")
        } else if standing.isHeld, let pause = standing.pause {
            sentences.append("\(pause.host) asked to be left alone until \(time(pause.until))")
        } else if state.failures > 0 {
            sentences.append("tried again at \(time(standing.nextPoll))")
        }
        if let missing = missingPages(state.warnings) {
            sentences.append("pages are missing: \(missing)")
        }
        if let silence = standing.silence { sentences.append(self.silence(silence)) }
        return sentences.isEmpty ? nil : sentences.joined(separator: "; ")
    }

    static func silence(_ silence: SourceHealth.Silent) -> String {
        "quiet for \(span(silence.silence)), where an entry comes every "
            + "\(span(silence.usualGap)) as a rule"
    }

    /// Why a source is polled when it is.
    static func reason(_ state: SourceState, interval: Duration) -> String {
        switch state.dueReason {
        case .new: "it is new, or was changed"
        case .rate: "its rate: every \(span(interval)), give or take a tenth"
        case .asleep: "nothing came for a month: once a day"
        case .alert: "a brand that it speaks of has an open alert: within ten minutes"
        case .freshness: "its server calls the answer fresh until then"
        case .feedInterval: "the feed asks for so long a wait"
        case .skippedTimes: "the feed asks to be left alone before"
        case .backOff: "it failed, and waits longer each time"
        case .retryAfter: "its server named the time"
        case .disabled: "it is polled no more"
        }
    }

    /// What a person can do about a failure, by its kind; absent where waiting is all.
    static func advice(on failure: String, key: String) -> String? {
        switch failure.prefix(while: { $0 != ":" }) {
        case "blocked_address":
            "only the public Internet is fetched; 'fetch: allow:' in the configuration names others"
        case "blocked_scheme", "bad_url": "its address has to be changed"
        case "auth_required": "it wants a password or a token"
        case "gone": "the server says that it will not come back"
        case "not_found": "look whether the address has changed: 'earshot discover' finds feeds"
        case "not_a_feed": "what came is no feed: 'earshot discover' finds those of a page"
        case "too_large": "'fetch: max-body:' in the configuration sets the limit"
        case "tls_error": "the server's certificate does not hold"
        case "dns_failure": "no such host: look for a slip in the address"
        case "rate_limited": "its host is asked too often, here or by others at this address"
        default: nil
        }
    }
}

extension SourceRecord {
    /// What is known of the source, as members of an open object.
    func write(to writer: inout JSONWriter) {
        writer.member("key", source.key)
        writer.member("name", source.name)
        writer.member("url", source.url)
        writer.member("moved_to", state.movedTo)
        writer.member("moved_at", state.movedAt)
        writer.member("host", host)
        writer.member("kind", source.kind.rawValue)
        writer.member("from", origin.rawValue)
        writer.member("retired_at", retiredAt)
        writer.member("mapping", source.mapping)
        writer.member("language", source.language)
        writer.member("last_polled", state.lastPolled)
        writer.member("last_succeeded", state.lastSucceeded)
        writer.member("last_entry", state.lastEntryAt)
        writer.member("next_due", state.nextDue)
        writer.member("due_because", state.dueReason.rawValue)
        writer.member("failures", state.failures)
        writer.member("error", state.lastError)
        writer.member("warnings", state.warnings)
    }
}

extension SourceDesk.Standing {
    func write(to writer: inout JSONWriter) {
        record.write(to: &writer)
        writer.member("state", SourceWords.state(of: self))
        writer.member("next_poll", nextPoll)
        writer.member("host_paused_until", pause?.until)
        writer.member("entries", entries)
        guard let silence else { return }
        writer.name("quiet")
        writer.beginObject()
        writer.member("seconds", Int(silence.silence.milliseconds / 1_000))
        writer.member("usual_gap_seconds", Int(silence.usualGap.milliseconds / 1_000))
        writer.endObject()
    }
}
