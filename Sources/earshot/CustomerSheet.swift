import EarshotCustomers
import EarshotDomain
import EarshotStore
import EarshotWire
import EarshotWording

/// A customer as known at a moment, for a terminal and for programs.
struct CustomerSheet {
    private let customer: Customer
    private let at: Timestamp
    private let identities: [Identity]
    private let interactions: [Interaction]

    init(_ customer: Customer, in book: CustomerBook, at moment: Timestamp) {
        self.customer = customer
        at = moment
        identities = book.identities(of: customer.key, at: moment)
        interactions = book.interactions(of: customer.key, at: moment)
    }

    /// Lines ended by line feeds.
    func text(_ decisions: [DecisionRecord]) -> String {
        let profile = customer.profile
        let place = [profile.email, profile.country, profile.zone].compactMap(\.self)
        var lines = [
            "\(customer.key)  \(profile.name)  \(place.joined(separator: ", "))",
            "tier \(profile.tier), since \(profile.since.rfc3339.prefix(10)), "
                + "mail \(profile.allowsEmail ? "allowed" : "not allowed"), "
                + "profiling \(profile.allowsProfiling ? "allowed" : "not allowed")",
        ]
        if let since = profile.openCaseSince, since <= at {
            lines.append("an open complaint since \(since.rfc3339)")
        }
        lines += identities.map {
            "writes as \($0.handle) on \($0.platform), confidence \($0.confidence)"
        }
        lines += interactions.map { "\($0.eventAt.rfc3339)  \($0.kind.rawValue) \($0.item)" }
        lines += decisions.map {
            "\($0.at.rfc3339)  decided \($0.action ?? "nothing") (\($0.rule))"
        }
        return lines.map(PrintableText.of).joined(separator: "\n") + "\n"
    }

    func writer(_ decisions: [DecisionRecord]) -> JSONWriter {
        let profile = customer.profile
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("customer", customer.key)
        writer.member("name", profile.name)
        writer.member("email", profile.email)
        writer.member("language", profile.language)
        writer.member("country", profile.country)
        writer.member("zone", profile.zone)
        writer.member("tier", profile.tier)
        writer.member("since", profile.since)
        writer.name("email_consent")
        writer.bool(profile.allowsEmail)
        writer.name("profiling_consent")
        writer.bool(profile.allowsProfiling)
        writer.member("open_case_since", profile.openCaseSince.flatMap { $0 <= at ? $0 : nil })
        writer.name("identities")
        writer.beginArray()
        for identity in identities {
            writer.beginObject()
            writer.member("platform", identity.platform)
            writer.member("handle", identity.handle)
            writer.name("confidence")
            writer.double(identity.confidence)
            writer.member("known_at", identity.knownAt)
            writer.endObject()
        }
        writer.endArray()
        writer.name("interactions")
        writer.beginArray()
        for interaction in interactions {
            writer.beginObject()
            writer.member("event_at", interaction.eventAt)
            writer.member("known_at", interaction.knownAt)
            writer.member("item", interaction.item)
            writer.member("kind", interaction.kind.rawValue)
            writer.member("quantity", interaction.quantity)
            writer.endObject()
        }
        writer.endArray()
        writer.name("decisions")
        writer.beginArray()
        for decision in decisions { writer.raw(decision.contents) }
        writer.endArray()
        writer.endObject()
        return writer
    }
}
