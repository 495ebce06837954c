import ArgumentParser
import EarshotCustomers
import EarshotDomain
import EarshotService
import EarshotWire
import EarshotWording

struct FeaturesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "features",
        abstract: "What a response is told from, as known at a moment.",
        subcommands: [Show.self, Export.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a customer's vector for a campaign, at --now.")

        @Option(help: "Key of the customer.")
        var customer: String

        @Option(help: "Key of the campaign.")
        var campaign: String

        @OptionGroup var clock: ClockOptions
        @OptionGroup var answer: JSONOption
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let now = clock.moment
            let desk = try await options.openDesk(now).desk
            _ = try desk.customer(customer, at: now)
            let maker = FeatureMaker(
                book: desk.book, moods: desk.moods, shop: desk.shop(at: now), at: now)
            guard let features = maker.features(of: customer, for: try desk.campaign(campaign))
            else { throw Failure("\(customer) has all that \(campaign) offers") }
            if answer.json { return put(FeaturesJSON.writer(features)) }
            put(text(features))
        }

        private func text(_ features: Features) -> String {
            var table = TextTable([
                TextTable.Column("feature"), TextTable.Column("value", isNumber: true),
                TextTable.Column("what it is"),
            ])
            let numerals = ReaderLanguage.en.numerals
            let wording = AudienceWording(language: .en)
            for (feature, value) in zip(Feature.allCases, features.values) {
                table.add([
                    feature.rawValue, numerals.decimal(value, places: 3),
                    wording.feature(feature),
                ])
            }
            let mentions = (features.brandEvidence + features.aspectEvidence)
                .map { "\($0.rawValue)" }.joined(separator: ", ")
            return "item \(features.item)\n" + table.text
                + (mentions.isEmpty ? "" : "mentions that moved the means most: \(mentions)\n")
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the vectors of all customers for the campaigns that run at --now.",
            discussion: "Comma-separated values on standard output.")

        @OptionGroup var clock: ClockOptions
        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let desk = try await options.openDesk(clock.moment).desk
            var table = FeatureTable()
            table.add(desk.features(at: clock.moment))
            put(String(decoding: table.bytes, as: UTF8.self))
        }
    }
}

enum FeaturesJSON {
    static func writer(_ features: Features) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("customer", features.customer)
        writer.member("campaign", features.campaign)
        writer.member("item", features.item)
        writer.member("at", features.at)
        writer.member("version", Feature.version)
        writer.name("values")
        writer.beginObject()
        for (feature, value) in zip(Feature.allCases, features.values) {
            writer.name(feature.rawValue)
            writer.double(value)
        }
        writer.endObject()
        writer.name("evidence")
        writer.beginArray()
        for mention in features.brandEvidence + features.aspectEvidence {
            writer.int(mention.rawValue)
        }
        writer.endArray()
        writer.endObject()
        return writer
    }
}
