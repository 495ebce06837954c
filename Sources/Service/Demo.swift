import EarshotDelivery
package import EarshotDomain
import EarshotStore
import EarshotWording
import EarshotTrends
import EarshotWire
import Foundation

/// The folder for the demo's result holds something else, which is not to be lost.
package struct DemoError: Error, CustomStringConvertible {
    package let folder: String

    package var description: String {
        "\(folder) holds files that this demo did not leave; remove it, or name another by --output"
    }
}

/// The main job on the sample world: a recorded month, fetched as if it happened, and the digests
/// of its last day.
package struct Demo {
    /// The first moment of the recording, and the one at which the last digest is due.
    package static let start = Timestamp(milliseconds: 1_770_595_200_000)
    package static let end = Timestamp(milliseconds: 1_773_127_800_000)

    /// What the demo leaves in its folder.
    package struct Result: Sendable {
        package let summary: PassSummary
        /// One for each brand of each reader, in their order.
        package let readings: [DigestPage.Reading]
        /// In the order in which they opened.
        package let alerts: [ToldAlert]
        /// What the demo's own receiver was sent, in the order in which it came.
        package let receipts: [WebhookReceiver.Receipt]
        package let campaigns: CampaignReport
    }

    /// An alert with what it takes to explain it.
    package struct ToldAlert: Sendable {
        package let alert: Alert
        package let brand: Brand
        /// A line that tells each story, by the key of its part.
        package let headlines: [String: String]
    }

    private let samples: URL
    private let output: URL

    package init(samples: String, output: String) {
        self.samples = URL(filePath: samples, directoryHint: .isDirectory)
        self.output = URL(filePath: output, directoryHint: .isDirectory)
    }

    /// Makes the folder anew: configuration, store, `digest.html`, `digest.txt`, `mentions.csv`.
    package func run(onPass: @Sendable (Timestamp) -> Void) async throws -> Result {
        let configuration = try prepare()
        let store = try await Store.open(
            path: output.appending(path: configuration.store).path)
        try await Declared(configuration).synchronise(store, now: Self.start)
        let customers = CampaignDemo(store: store, configuration: configuration)
        _ = try await customers.take(from: samples, now: Self.start)
        let (summary, receipts) = try await replay(store, configuration, onPass)
        let campaigns = try await customers.write(to: output)
        let readings = try await readings(store, configuration, campaigns)
        try await write(readings, store)
        let alerts = try await told(store)
        try store.close()
        return Result(
            summary: summary, readings: readings, alerts: alerts, receipts: receipts,
            campaigns: campaigns)
    }

    /// In the order in which they opened.
    private func told(_ store: Store) async throws -> [ToldAlert] {
        let brands = try await store.brands()
        let alerts = try await store.alerts(
            of: brands.map(\.id), knownBy: Self.end, limit: Self.shownAlerts)
        var told: [ToldAlert] = []
        for alert in alerts.reversed() {
            guard let brand = brands.first(where: { $0.id == alert.brand }),
                let facts = alert.height?.facts
            else { continue }
            told.append(
                ToldAlert(
                    alert: alert, brand: brand,
                    headlines: try await StoryHeadlines.of(
                        facts, in: store, knownBy: Self.end)))
        }
        return told
    }

    private static let shownAlerts = 10
    private static let shownMoves = 3

    /// The recorded month, with a receiver for the webhooks on loopback beside it.
    private func replay(
        _ store: Store, _ configuration: Configuration,
        _ onPass: @Sendable (Timestamp) -> Void
    ) async throws -> (PassSummary, [WebhookReceiver.Receipt]) {
        let destinations = try configuration.destinations.map {
            try $0.webhook(folder: samples, environment: [:])
        }
        // Timestamps are held against the sender's clock, which is the recording's.
        let clock = ReplayClock(Self.start)
        let receiver = WebhookReceiver(secrets: destinations.flatMap(\.secrets)) { clock.now }
        let summary = try await receiver.run { port in
            let hosts = configuration.destinations.compactMap { URL(string: $0.url)?.host() }
            let replay = Replay(
                configuration: configuration, recording: samples.appending(path: "feeds").path,
                destinations: destinations, routes: hosts.map { "\($0):80:127.0.0.1:\(port)" })
            return try await replay.run(store, on: clock, until: Self.end, onPass: onPass)
        }
        return (summary, receiver.receipts)
    }

    private func prepare() throws -> Configuration {
        let file = samples.appending(path: "earshot.yaml")
        let text = try Data(contentsOf: file)
        let configuration = try Configuration(
            parsing: String(decoding: text, as: UTF8.self), file: file.relativePath)
        let files = FileManager.default
        let marker = output.appending(path: ".earshot-demo")
        let isOurs = files.fileExists(atPath: marker.path)
        let holds = (try? files.contentsOfDirectory(atPath: output.path)) ?? []
        guard isOurs || holds.isEmpty else {
            throw DemoError(folder: output.relativePath)
        }
        try files.createDirectory(at: output, withIntermediateDirectories: true)
        try Data().write(to: marker)
        for ending in ["", "-wal", "-shm"] {
            let old = output.appending(path: configuration.store + ending)
            if files.fileExists(atPath: old.path) { try files.removeItem(at: old) }
        }
        try text.write(to: output.appending(path: "earshot.yaml"))
        let secret = try Data(contentsOf: samples.appending(path: "webhook.secret"))
        try secret.write(to: output.appending(path: "webhook.secret"))
        return configuration
    }

    /// Each reader's last digest, as known when it was due.
    private func readings(
        _ store: Store, _ configuration: Configuration, _ campaigns: CampaignReport
    ) async throws -> [DigestPage.Reading] {
        let desk = DigestDesk(store: store)
        let brands = try await store.brands()
        var readings: [DigestPage.Reading] = []
        for reader in configuration.readers {
            guard let language = ReaderLanguage(rawValue: reader.language),
                let due = DigestSchedule(reader)?.lastDue(by: Self.end)
            else { continue }
            for brand in brands where reader.brands.contains(brand.key) {
                guard
                    let digest = try await desk.digest(
                        of: brand, on: due.day, zone: reader.zone, cut: due.at)
                else { continue }
                var notices = try await AlertNotices(store: store).notices(
                    for: digest, language: language)
                if !notices.isEmpty {
                    notices.append(
                        DigestNotice(
                            title: AudienceWording(language: language).whatItChanged,
                            lines: campaigns.lines(
                                of: brand.key, language: language, examples: Self.shownMoves),
                            isAlarm: false))
                }
                readings.append(
                    DigestPage.Reading(digest, language: language, notices: notices))
            }
        }
        return readings
    }

    private func write(_ readings: [DigestPage.Reading], _ store: Store) async throws {
        let page = try DigestPage.render(readings)
        try Data(page.utf8).write(to: output.appending(path: "digest.html"))
        let texts = readings.map { $0.text() }
        try Data(texts.joined(separator: "\n").utf8)
            .write(to: output.appending(path: "digest.txt"))
        var table = MentionTable(
            brands: try await store.brands(), sources: try await store.sources().map(\.source))
        for try await page in store.mentionPages(matching: MentionFilter()) { table.add(page) }
        try Data(table.bytes).write(to: output.appending(path: "mentions.csv"))
    }
}
