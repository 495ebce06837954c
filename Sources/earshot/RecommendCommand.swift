import ArgumentParser
import EarshotCustomers
import EarshotDomain
import EarshotService
import EarshotWire

struct RecommendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend", abstract: "Items for a customer, with reasons.",
        discussion: """
            Each score is the sum of its parts. Of customers who do not allow profiling only what \
            all buy is known.
            """)

    @Argument(help: "Key of the customer.")
    var customer: String

    @Option(help: "At most so many.")
    var limit = 5

    @OptionGroup var clock: ClockOptions
    @OptionGroup var answer: JSONOption
    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
    }

    func run() async throws {
        let now = clock.moment
        let desk = try await options.openDesk(now).desk
        let found = try desk.customer(customer, at: now)
        let items = desk.book.items(at: now)
        let history = PurchaseHistory(
            found.profile.allowsProfiling
                ? desk.book.interactions(of: customer, at: now) : [])
        let recommendations = desk.shop(at: now).recommender
            .recommendations(of: items.map(\.key), for: history, at: now).prefix(limit)
        if answer.json {
            for recommendation in recommendations { put(Self.writer(recommendation)) }
            return
        }
        var table = TextTable([
            TextTable.Column("item"), TextTable.Column("score", isNumber: true),
            TextTable.Column("because"),
        ])
        for recommendation in recommendations {
            let title = items.first { $0.key == recommendation.item }?.title(in: "en")
            table.add([
                title ?? recommendation.item, Self.number(recommendation.score),
                recommendation.parts.map(Self.words).joined(separator: " + "),
            ])
        }
        put(table.text)
    }

    private static func words(_ part: Recommendation.Part) -> String {
        let amount = number(part.value)
        switch part.kind {
        case .similar(let item): return "\(amount) goes with \(item)"
        case .habit(let purchases): return "\(amount) bought \(purchases) times"
        case .popular(let share): return "\(amount) \(Int((share * 100).rounded())) % have it"
        }
    }

    private static func number(_ value: Double) -> String {
        var writer = JSONWriter()
        writer.double(value, places: 3)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func writer(_ recommendation: Recommendation) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("item", recommendation.item)
        writer.name("score")
        writer.double(recommendation.score)
        writer.name("parts")
        writer.beginArray()
        for part in recommendation.parts {
            writer.beginObject()
            switch part.kind {
            case .similar(let item):
                writer.member("kind", "similar")
                writer.member("to", item)
            case .habit(let purchases):
                writer.member("kind", "habit")
                writer.member("purchases", purchases)
            case .popular(let share):
                writer.member("kind", "popular")
                writer.name("share")
                writer.double(share)
            }
            writer.name("value")
            writer.double(part.value)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer
    }
}
