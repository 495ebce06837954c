import EarshotDelivery
import EarshotDomain
import EarshotService
import EarshotStore
import Foundation
import Synchronization
import Testing

@Suite struct OutboxDeliveryTests {
    @Test func whatIsDueArrivesOnceSignedAndInOrder() async throws {
        try await DeliveryFixture.with { fixture in
            let receiver = fixture.receiver()
            try await receiver.run { port in
                let delivery = try fixture.delivery(port: port)
                try await fixture.add(["a1", "a2", "a3"])
                #expect(try await delivery.nextDue() == fixture.clock.now)
                fixture.clock.set(fixture.clock.now + .minutes(2))
                let summary = try await delivery.round(now: fixture.clock.now)
                #expect(summary.delivered == 3)
                #expect(try await delivery.round(now: fixture.clock.now) == DeliverySummary())
                #expect(try await delivery.nextDue() == nil)
            }
            #expect(receiver.receipts.map(\.id) == ["a1", "a2", "a3"])
            #expect(receiver.receipts.allSatisfy { $0.refusal == nil })
            // Signed with the time of sending, not of the alert.
            #expect(receiver.receipts.map(\.timestamp) == Array(repeating: "1772550120", count: 3))
            let payloads = try await fixture.store.outbox(limit: 9).map(\.draft.payload)
            #expect(
                receiver.receipts.map { String(decoding: $0.body, as: UTF8.self) }
                    == payloads.reversed())
        }
    }

    /// The process ends when the receiver has the message and before the store knows.
    @Test func whatWasSentAndNotMarkedComesAgainUnderTheSameID() async throws {
        try await DeliveryFixture.with { fixture in
            let running = Mutex<Task<DeliverySummary, any Error>?>(nil)
            let receiver = fixture.receiver { number in
                if number == 2 { running.withLock { $0?.cancel() } }
                return WebhookReceiver.Answer(204)
            }
            try await receiver.run { port in
                try await fixture.add(["a1", "a2", "a3"])
                let (gate, open) = AsyncStream.makeStream(of: Void.self)
                let delivery = try fixture.delivery(port: port)
                let now = fixture.clock.now
                let task = Task {
                    _ = await gate.first { true }
                    return try await delivery.round(now: now)
                }
                running.withLock { $0 = task }
                open.yield()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(
                    try await fixture.states()
                        == ["a1 delivered", "a2 pending", "a3 pending"])

                // A new process on the same file.
                let again = try await Store.open(path: fixture.store.path)
                #expect(try await again.outbox(state: .pending, limit: 9).count == 2)
                try again.close()
                _ = try await fixture.delivery(port: port).round(now: fixture.clock.now)
            }
            #expect(receiver.receipts.map(\.id) == ["a1", "a2", "a2", "a3"])
            #expect(receiver.receipts[1].body == receiver.receipts[2].body)
            #expect(
                try await fixture.states() == ["a1 delivered", "a2 delivered", "a3 delivered"])
        }
    }

    /// An outage costs one request a round, counts for all that were due, and keeps their order.
    @Test func anOutageHoldsBackAndLosesNothing() async throws {
        try await DeliveryFixture.with { fixture in
            let receiver = fixture.receiver { $0 == 1 ? .init(503, retryAfter: "90") : .init(204) }
            try await receiver.run { port in
                let delivery = try fixture.delivery(port: port)
                let ids = (10..<30).map { "a\($0)" }
                try await fixture.add(ids)
                let down = try await delivery.round(now: fixture.clock.now)
                #expect(down.delayed == 20)
                #expect(receiver.receipts.count == 1)
                let rows = try await fixture.store.outbox(limit: 50)
                #expect(rows.allSatisfy { $0.attempts == 1 && $0.lastStatus == 503 })
                let due = DeliveryFixture.start + .seconds(90)
                #expect(rows.allSatisfy { $0.nextAttemptAt == due })

                fixture.clock.set(due - .seconds(1))
                #expect(try await delivery.round(now: fixture.clock.now) == DeliverySummary())
                // A fresh one finds the destination up again, and the older ones go first.
                try await fixture.add(["b1"])
                let up = try await delivery.round(now: fixture.clock.now)
                #expect(up.delivered == 21)
                #expect(receiver.receipts.dropFirst().map(\.id) == ids + ["b1"])
            }
        }
    }

    @Test func aMessageThatIsRefusedForItselfHoldsNobodyUp() async throws {
        try await DeliveryFixture.with { fixture in
            let receiver = fixture.receiver { .init($0 == 1 ? 413 : 204) }
            try await receiver.run { port in
                try await fixture.add(["a1", "a2"])
                let summary = try await fixture.delivery(port: port).round(now: fixture.clock.now)
                #expect(summary.delivered == 1 && summary.delayed == 1)
                #expect(try await fixture.states() == ["a1 pending", "a2 delivered"])
            }
        }
    }

    @Test func aDestinationThatIsGoneIsAskedNoMore() async throws {
        try await DeliveryFixture.with { fixture in
            let receiver = fixture.receiver { .init($0 == 1 ? 410 : 204) }
            try await receiver.run { port in
                let delivery = try fixture.delivery(port: port)
                try await fixture.add(["a1", "a2"])
                #expect(try await delivery.round(now: fixture.clock.now).disabled == 2)
                try await fixture.add(["a3"])
                #expect(try await delivery.round(now: fixture.clock.now).disabled == 1)
                #expect(receiver.receipts.map(\.id) == ["a1"])
                // Another address is another destination.
                try await fixture.add(["a4"])
                let moved = try fixture.delivery(to: [("team", "/new")], port: port)
                #expect(try await moved.round(now: fixture.clock.now).delivered == 1)
            }
            #expect(
                try await fixture.states()
                    == ["a1 disabled", "a2 disabled", "a3 disabled", "a4 delivered"])
        }
    }

    @Test func theScheduleRunsToItsEnd() async throws {
        try await DeliveryFixture.with { fixture in
            let receiver = fixture.receiver { _ in .init(500) }
            try await receiver.run { port in
                let delivery = try fixture.delivery(port: port)
                try await fixture.add(["a1"])
                var last: DeliverySummary?
                while let due = try await delivery.nextDue() {
                    fixture.clock.set(due)
                    last = try await delivery.round(now: due)
                }
                #expect(last?.failed == 1)
            }
            // The first try and seven waits; in all within ±10 % of 27 h 35 min.
            #expect(receiver.receipts.count == 8)
            #expect(Set(receiver.receipts.map(\.id)) == ["a1"])
            let hours = (fixture.clock.now - DeliveryFixture.start).milliseconds / 3_600_000
            #expect((24...30).contains(hours))
            let message = try #require(try await fixture.store.outbox(limit: 1).first)
            #expect(message.state == .failed && message.lastStatus == 500)
            #expect(try await fixture.store.attempts(of: message.id).count == 8)
        }
    }

    @Test func aPrivateAddressIsRefusedUnlessItIsAllowed() async throws {
        try await DeliveryFixture.with { fixture in
            let receiver = fixture.receiver()
            try await receiver.run { port in
                try await fixture.add(["a1"])
                let delivery = try fixture.delivery(port: port, isAllowed: false)
                #expect(try await delivery.round(now: fixture.clock.now).delayed == 1)
                #expect(receiver.receipts.isEmpty)
                let message = try #require(try await fixture.store.outbox(limit: 1).first)
                #expect(message.lastError?.hasPrefix("blocked_address") == true)
                #expect(message.lastError?.contains("/hook") == false)
            }
        }
    }

    @Test func whatNobodyDeclaresWaits() async throws {
        try await DeliveryFixture.with { fixture in
            let receiver = fixture.receiver()
            try await receiver.run { port in
                try await fixture.add(["a1"], to: "left")
                let delivery = try fixture.delivery(port: port)
                #expect(try await delivery.nextDue() == nil)
                #expect(try await delivery.round(now: fixture.clock.now) == DeliverySummary())
            }
            #expect(try await fixture.states() == ["a1 pending"])
        }
    }

    @Test func whatIsNotSignedIsNotAccepted() async throws {
        try await DeliveryFixture.with { fixture in
            let other = try #require(WebhookSecret("whsec_" + String(repeating: "AAAA", count: 8)))
            let receiver = WebhookReceiver(secrets: [other], clock: { fixture.clock.now })
            try await receiver.run { port in
                try await fixture.add(["a1"])
                let delivery = try fixture.delivery(port: port)
                #expect(try await delivery.round(now: fixture.clock.now).delayed == 1)
            }
            #expect(receiver.receipts.map(\.refusal) == [.wrongSignature])
            #expect(receiver.receipts.map(\.status) == [401])
        }
    }
}
