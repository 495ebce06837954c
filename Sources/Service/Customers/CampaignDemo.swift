import EarshotCustomers
package import EarshotDomain
package import EarshotStore
import EarshotWire
import EarshotWording
package import Foundation

/// The customer side of the sample world: imported when it begins, compared across its crisis.
package struct CampaignDemo: Sendable {
    /// The afternoon on which the first leak is told, and the morning of the last digest.
    package static let before = Timestamp(milliseconds: 1_772_636_400_000)
    package static let after = Timestamp(milliseconds: 1_773_127_800_000)

    private let store: Store
    private let configuration: Configuration

    package init(store: Store, configuration: Configuration) {
        self.store = store
        self.configuration = configuration
    }

    /// Takes the four sample files in, as known at `now`.
    ///
    /// - Returns: one summary a file, in the order in which they were read.
    package func take(
        from samples: URL, now: Timestamp
    ) async throws -> [CustomerImport.Summary] {
        let taker = CustomerImport(store: store, now: now)
        var summaries: [CustomerImport.Summary] = []
        for kind in CustomerImport.Kind.allCases {
            let path = samples.appending(path: "\(kind.rawValue).csv").path
            summaries.append(try await taker.take(kind, from: path))
        }
        return summaries
    }

    /// Decides for every customer on the last morning and logs it, writes `audience.csv` and
    /// `features.csv`, and gives what the first one holds.
    package func write(to output: URL) async throws -> CampaignReport {
        let desk = try await CustomerDesk(
            store: store, configuration: configuration, knownBy: Self.after)
        let audiences = try await AudienceDesk(store: store, desk: desk)
        let changes = try await audiences.changes(from: Self.before, to: Self.after)
        var decisions = DecisionDesk(store: store, desk: desk)
        for key in desk.book.customerKeys {
            _ = try await decisions.decide(
                DecisionDesk.Request(
                    id: "\(Self.after.rfc3339)/\(key)", customer: key, at: Self.after))
        }
        var table = AudienceTable(desk: audiences, language: .en)
        for change in changes { table.add(change) }
        try Data(table.bytes).write(to: output.appending(path: "audience.csv"))
        var features = FeatureTable()
        for moment in [Self.before, Self.after] { features.add(desk.features(at: moment)) }
        try Data(features.bytes).write(to: output.appending(path: "features.csv"))
        return CampaignReport(desk: audiences, changes: changes)
    }
}
