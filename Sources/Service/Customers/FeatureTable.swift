package import EarshotDomain
import EarshotWire

/// Feature vectors as comma-separated values, a column each.
package struct FeatureTable: Sendable {
    private var writer = CSVWriter()

    package init() {
        writer.row(
            ["at", "campaign", "customer", "item"] + Feature.allCases.map(\.rawValue))
    }

    package var bytes: [UInt8] { writer.bytes }

    package mutating func add(_ features: [Features]) {
        for features in features {
            writer.row(
                [features.at.rfc3339, features.campaign, features.customer, features.item]
                    + features.values.map(Self.text))
        }
    }

    private static func text(_ value: Double) -> String {
        var number = JSONWriter()
        number.double(value, places: 6)
        return String(decoding: number.bytes, as: UTF8.self)
    }
}
