import ArgumentParser
import EarshotCustomers
import EarshotDomain
import EarshotService
import EarshotWire
import EarshotWording

struct CampaignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign", abstract: "Who would be reached, and why.",
        subcommands: [List.self, Show.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the campaigns and how many each reaches at --now.")

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let desk = try await options.openDesk(clock.moment).desk
            var table = TextTable([
                TextTable.Column("campaign"), TextTable.Column("kind"), TextTable.Column("brand"),
                TextTable.Column("from"), TextTable.Column("until"),
                TextTable.Column("reached", isNumber: true),
                TextTable.Column("of", isNumber: true),
            ])
            for audience in try await desk.audiences(at: clock.moment) {
                let campaign = audience.campaign
                let cells = [
                    campaign.key, campaign.kind.rawValue, campaign.brand,
                    String(campaign.starts.rfc3339.prefix(10)),
                    String((campaign.ends - .days(1)).rfc3339.prefix(10)),
                ]
                if answer.json {
                    var writer = JSONWriter()
                    writer.beginObject()
                    for (name, cell) in zip(["campaign", "kind", "brand", "from", "until"], cells) {
                        writer.member(name, cell)
                    }
                    writer.member("reached", audience.reached)
                    writer.member("of", audience.members.count)
                    writer.endObject()
                    put(writer)
                }
                table.add(cells + ["\(audience.reached)", "\(audience.members.count)"])
            }
            if !answer.json { put(table.text) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "audience",
            abstract: "Shows whom a campaign would reach at --now, and why.",
            discussion: """
                A dry run: nothing is sent and nothing logged. With --against, who moved since \
                then, and why. With --json, every customer, a line each.
                """)

        @Argument(help: "Key of the campaign.")
        var campaign: String

        @Option(help: "The earlier moment to hold it against, RFC 3339.")
        var against: Timestamp?

        @Option(help: "en or zh.")
        var language: ReaderLanguage = .en

        @Option(help: "Customers shown, at most; with --json all of them.")
        var limit = 20

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            guard limit >= 0 else { throw ValidationError("--limit takes no number below 0") }
        }

        func run() async throws {
            let now = clock.moment
            let (desk, store) = try await options.openDesk(now)
            let wanted = try desk.campaign(campaign)
            let audiences = try await AudienceDesk(store: store, desk: desk)
            let changes = try await audiences.changes(from: against ?? now, to: now)
                .filter { $0.after.campaign == wanted }
            if answer.json {
                for change in changes { show(change, audiences) }
            } else if against != nil {
                let report = CampaignReport(desk: audiences, changes: changes)
                put(report.text(language: language, examples: limit))
            } else if let change = changes.first {
                put(text(change.after, audiences))
            }
        }

        private func text(_ audience: Audience, _ audiences: AudienceDesk) -> String {
            let wording = AudienceWording(language: language)
            let reached = audience.members.filter { $0.standing == .reached }
            let others = audience.members.filter { $0.standing != .reached }
            let counts = AudienceStanding.allCases.compactMap { standing -> String? in
                let count = audience.members.count { $0.standing == standing }
                return count == 0 ? nil : "\(wording.standing(standing)) \(count)"
            }
            var table = TextTable([
                TextTable.Column("customer"), TextTable.Column("standing"),
                TextTable.Column("why"),
            ])
            for member in (reached + others).prefix(limit) {
                let reason = audiences.reason(
                    of: member, in: audience.campaign, language: language)
                table.add([
                    member.customer, wording.standing(member.standing), wording.reason(reason),
                ])
            }
            return counts.joined(separator: ", ") + "\n" + table.text
        }

        private func show(_ change: AudienceChange, _ audiences: AudienceDesk) {
            let wording = AudienceWording(language: language)
            for move in change.moves {
                var writer = JSONWriter()
                writer.beginObject()
                writer.member("campaign", change.after.campaign.key)
                writer.member("customer", move.customer)
                if against != nil { writer.member("before", move.before?.standing.rawValue) }
                writer.member("standing", move.after.standing.rawValue)
                writer.member(
                    "reason",
                    against == nil
                        ? wording.reason(
                            audiences.reason(
                                of: move.after, in: change.after.campaign, language: language))
                        : audiences.words(
                            for: move, in: change.after.campaign, language: language))
                writer.name("decision")
                writer.raw(DecisionJSON.writer(move.after.decision).bytes)
                writer.endObject()
                put(writer)
            }
        }
    }
}
