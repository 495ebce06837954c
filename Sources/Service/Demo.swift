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
        let replay = Replay(
            configuration: configuration, recording: samples.appending(path: "feeds").path)
        let summary = try await replay.run(
            store, from: Self.start, until: Self.end, onPass: onPass)
        let readings = try await readings(store, configuration)
        try await write(readings, store)
        try store.close()
        return Result(summary: summary, readings: readings)
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
        return configuration
    }

    /// Each reader's last digest, as known when it was due.
    private func readings(
        _ store: Store, _ configuration: Configuration
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
                readings.append(DigestPage.Reading(digest, language: language))
            }
        }
        return readings
    }

    private func write(_ readings: [DigestPage.Reading], _ store: Store) async throws {
        let page = try DigestPage.render(readings)
        try Data(page.utf8).write(to: output.appending(path: "digest.html"))
        let texts = readings.map { TerminalDigest($0.digest, language: $0.language).text }
        try Data(texts.joined(separator: "\n").utf8)
            .write(to: output.appending(path: "digest.txt"))
        var table = MentionTable(
            brands: try await store.brands(), sources: try await store.sources().map(\.source))
        for try await page in store.mentionPages(matching: MentionFilter()) { table.add(page) }
        try Data(table.bytes).write(to: output.appending(path: "mentions.csv"))
    }
}
