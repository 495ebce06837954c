package import EarshotDomain

/// A figure's last days as a line over its usual band: SVG without text, for beside the value.
package struct Sparkline: Sendable {
    private let values: [Double?]
    private let usual: Usual?

    private static let width = 120.0
    private static let height = 30.0
    private static let margin = 3.0

    package init(_ figure: Figure) {
        values = figure.history
        usual = figure.usual
    }

    package var svg: String {
        let known = values.compactMap(\.self)
        guard let least = known.min(), let most = known.max() else { return "" }
        let low = min(least, usual?.low ?? least)
        let high = max(most, usual?.high ?? most)
        func y(_ value: Double) -> Double {
            let part = high > low ? (value - low) / (high - low) : 0.5
            return Self.height - Self.margin - part * (Self.height - 2 * Self.margin)
        }
        func x(_ place: Int) -> Double {
            let steps = Double(max(1, values.count - 1))
            return Self.margin + Double(place) / steps * (Self.width - 2 * Self.margin)
        }
        var parts = [
            "<svg class=\"spark\" viewBox=\"0 0 120 30\" aria-hidden=\"true\">"
        ]
        if let usual {
            let top = y(usual.high)
            parts.append(
                "<rect class=\"band\" x=\"0\" y=\"\(SVG.number(top))\" width=\"120\" "
                    + "height=\"\(SVG.number(max(1, y(usual.low) - top)))\"/>")
        }
        for line in lines {
            let points = line.map { "\(SVG.number(x($0.place))),\(SVG.number(y($0.value)))" }
            parts.append("<polyline points=\"\(points.joined(separator: " "))\"/>")
        }
        if let last = values.indices.last, let value = values[last] {
            parts.append(
                "<circle cx=\"\(SVG.number(x(last)))\" cy=\"\(SVG.number(y(value)))\" r=\"2.5\"/>")
        }
        return parts.joined() + "</svg>"
    }

    /// Stretches without a gap.
    private var lines: [[(place: Int, value: Double)]] {
        var lines: [[(place: Int, value: Double)]] = [[]]
        for (place, value) in values.enumerated() {
            if let value {
                lines[lines.count - 1].append((place, value))
            } else if lines.last?.isEmpty == false {
                lines.append([])
            }
        }
        return lines.filter { $0.count > 1 }
    }
}

enum SVG {
    /// A coordinate with one decimal.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
