import EarshotDomain
import EarshotStore
import Testing

@Suite struct OutboxTests {
    private static let start = StoreFixture.start

    private static func draft(_ id: String, to destination: String = "team") -> OutboxDraft {
        OutboxDraft(id: id, destination: destination, kind: "alert.opened", payload: "{\"é\":1}")
    }

    private static func attempt(_ status: Int?, at now: Timestamp = start) -> DeliveryAttempt {
        DeliveryAttempt(
            sentAt: now, endedAt: now + .seconds(1), status: status,
            error: status == nil ? "timeout" : nil)
    }

    /// A tick that runs again after a kill adds nothing, and changes nothing.
    @Test func theSameFactIsOneMessageADestination() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await store.add(outbox: [Self.draft("a1")], knownAt: Self.start)
            try await store.add(
                outbox: [
                    Self.draft("a1"), Self.draft("a1", to: "ops"),
                    OutboxDraft(id: "a1", destination: "team", kind: "other", payload: "{}"),
                ], knownAt: Self.start + .hours(1))
            let rows = try await store.outbox(limit: 10)
            #expect(rows.map(\.draft) == [Self.draft("a1", to: "ops"), Self.draft("a1")])
            #expect(rows.map(\.state) == [.pending, .pending])
            #expect(rows[1].knownAt == Self.start && rows[1].attempts == 0)
            #expect(try await store.destinations(dueBy: Self.start) == ["team"])
            #expect(try await store.destinations(dueBy: Self.start + .hours(1)) == ["ops", "team"])
            #expect(try await store.nextDelivery(to: ["ops", "team"]) == Self.start)
            #expect(try await store.nextDelivery(to: ["ops"]) == Self.start + .hours(1))
            #expect(try await store.nextDelivery(to: []) == nil)
        }
    }

    /// The signature joins its fields with full stops.
    @Test(arguments: ["", "a.1"]) func anIDThatCannotBeSignedIsRefused(id: String) async throws {
        try await StoreFixture.with { fixture in
            let error = try await #require(throws: StoreError.self) {
                try await fixture.store.add(outbox: [Self.draft(id)], knownAt: Self.start)
            }
            #expect(error.reason == .constraint)
            #expect(try await fixture.store.outbox(limit: 1).isEmpty)
        }
    }

    @Test func aFailureWaitsAndADeliveryWakesTheRest() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await store.add(
                outbox: [Self.draft("a1"), Self.draft("a2"), Self.draft("b1", to: "ops")],
                knownAt: Self.start)
            let first = try await store.pending(for: "team", limit: 10)
            #expect(first.map(\.draft.id) == ["a1", "a2"])
            let later = Self.start + .hours(2)
            let failed = try await store.record(
                Self.attempt(nil), of: first[0], url: "http://x/", heldBack: Self.start
            ) { .retry(at: later + .minutes($0.id.rawValue)) }
            #expect(failed == [.pending: 2])
            let waiting = try await store.pending(for: "team", limit: 10)
            #expect(waiting.map(\.attempts) == [1, 1])
            #expect(waiting.map(\.lastError) == ["timeout", "timeout"])
            #expect(waiting.map(\.nextAttemptAt) == [later + .minutes(1), later + .minutes(2)])
            #expect(try await store.destinations(dueBy: Self.start) == ["ops"])
            // Only the one that was sent has a sending.
            #expect(try await store.attempts(of: waiting[0].id) == [Self.attempt(nil)])
            #expect(try await store.attempts(of: waiting[1].id).isEmpty)

            let delivered = try await store.record(
                Self.attempt(204, at: later), of: waiting[0], url: "http://x/"
            ) { _ in .delivered }
            #expect(delivered == [.delivered: 1])
            let rest = try await store.pending(for: "team", limit: 10)
            #expect(rest.map(\.draft.id) == ["a2"])
            #expect(rest[0].nextAttemptAt == later + .seconds(1))
            let done = try #require(try await store.outbox(state: .delivered, limit: 9).first)
            #expect(done.settledAt == later + .seconds(1))
            #expect(done.attempts == 2 && done.lastStatus == 204 && done.lastError == nil)
            #expect(
                try await store.attempts(of: done.id)
                    == [Self.attempt(nil), Self.attempt(204, at: later)])
        }
    }

    @Test func whatIsSettledStaysSettled() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await store.add(outbox: [Self.draft("a1")], knownAt: Self.start)
            let message = try await store.pending(for: "team", limit: 1)[0]
            _ = try await store.record(Self.attempt(204), of: message, url: "http://x/") { _ in
                .delivered
            }
            let second = try await store.record(
                Self.attempt(500), of: message, url: "http://x/"
            ) { _ in .retry(at: Self.start) }
            #expect(second == [.pending: 0])
            #expect(try await store.outbox(limit: 1).map(\.state) == [.delivered])
            #expect(try await store.attempts(of: message.id).count == 2)
        }
    }

    @Test func aDestinationThatIsGoneTakesWhatWaits() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await store.add(
                outbox: [Self.draft("a1"), Self.draft("a2"), Self.draft("b1", to: "ops")],
                knownAt: Self.start)
            let message = try await store.pending(for: "team", limit: 1)[0]
            let counts = try await store.record(
                Self.attempt(410), of: message, url: "http://x/1"
            ) { _ in .destinationGone }
            #expect(counts == [.disabled: 2])
            #expect(try await store.pending(for: "team", limit: 9).isEmpty)
            #expect(try await store.destinations(dueBy: Self.start) == ["ops"])
            #expect(
                try await store.end(of: "team", url: "http://x/1") == Self.start + .seconds(1))
            // Another address is another chance.
            #expect(try await store.end(of: "team", url: "http://x/2") == nil)
            #expect(try await store.damage().isEmpty)
        }
    }
}
