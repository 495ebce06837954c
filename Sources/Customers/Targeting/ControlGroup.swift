package import EarshotDomain
import EarshotLearning

/// Customers who are held out of every campaign, so that it can be told what campaigns bring.
///
/// Told from the customer's key and a salt alone: the same ones for ever, whatever else is known.
package struct ControlGroup: Sendable {
    private let rules: TargetingRules

    package init(_ rules: TargetingRules) {
        self.rules = rules
    }

    package func contains(_ customer: String) -> Bool {
        // A zero byte parts the two, which no key holds.
        let bytes = Array(rules.salt.utf8) + [0] + Array(customer.utf8)
        return Fold.part(of: bytes, parts: 1_000) < rules.controlPerMille
    }
}
