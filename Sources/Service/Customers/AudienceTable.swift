package import EarshotCustomers
import EarshotDomain
import EarshotWire
package import EarshotWording

/// Audiences before and after as comma-separated values: every customer of every campaign.
package struct AudienceTable: Sendable {
    private let desk: AudienceDesk
    private let language: ReaderLanguage
    private var writer = CSVWriter()

    package init(desk: AudienceDesk, language: ReaderLanguage) {
        self.desk = desk
        self.language = language
        writer.row(["campaign", "customer", "before", "after", "reason"])
    }

    package var bytes: [UInt8] { writer.bytes }

    package mutating func add(_ change: AudienceChange) {
        let campaign = change.after.campaign
        for move in change.moves {
            writer.row([
                campaign.key, move.customer, move.before?.standing.rawValue ?? "",
                move.after.standing.rawValue,
                desk.words(for: move, in: campaign, language: language),
            ])
        }
    }
}
