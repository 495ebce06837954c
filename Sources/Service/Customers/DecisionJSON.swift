import EarshotCustomers
package import EarshotDomain
package import EarshotWire

/// A decision for programs, and for the log.
package enum DecisionJSON {
    package static func writer(_ decision: Decision) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("id", decision.id)
        writer.member("customer", decision.customer)
        writer.member("at", decision.at)
        writer.member("known", decision.known)
        writer.member("rule", decision.rule.rawValue)
        writer.name("action")
        if let action = decision.action { writer.string(action) } else { writer.null() }
        writer.member("item", decision.offer?.item)
        writer.name("propensity")
        writer.double(decision.propensity)
        writer.name("control")
        writer.bool(decision.isControl)
        writer.member("seed", "\(decision.seed)")
        writer.name("versions")
        writer.beginObject()
        writer.member("features", decision.versions.features)
        writer.member("recommender", decision.versions.recommender)
        writer.member("response", decision.versions.response)
        writer.member("rules", decision.versions.rules)
        writer.endObject()
        writer.name("candidates")
        writer.beginArray()
        for candidate in decision.candidates { add(candidate, to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer
    }

    private static func add(_ candidate: Decision.Candidate, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("campaign", candidate.campaign)
        writer.member("item", candidate.item)
        writer.member("worth_cents", candidate.worth)
        writer.member("cost_cents", candidate.cost)
        for (name, number) in [
            ("log_odds", candidate.logOdds), ("value_cents", candidate.value),
            ("sentiment_cents", candidate.sentimentValue),
        ] {
            writer.name(name)
            writer.double(number)
        }
        writer.name("stopped")
        writer.bool(candidate.isStopped)
        writer.name("parts")
        writer.beginArray()
        for part in candidate.parts {
            writer.beginObject()
            writer.member("group", part.group.rawValue)
            writer.member("feature", part.feature?.rawValue)
            writer.name("value")
            writer.double(part.value)
            if !part.evidence.isEmpty {
                writer.name("evidence")
                writer.beginArray()
                for mention in part.evidence { writer.int(mention.rawValue) }
                writer.endArray()
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
