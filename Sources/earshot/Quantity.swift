import ArgumentParser

/// Numbers with their unit, on the command line.
enum Quantity {
    struct Time: ExpressibleByArgument {
        let duration: Duration

        init(_ duration: Duration) {
            self.duration = duration
        }

        init?(argument: String) {
            let units = ["ms": 1.0, "s": 1_000, "m": 60_000, "h": 3_600_000]
            guard let milliseconds = read(argument, units) else { return nil }
            duration = .milliseconds(Int64(milliseconds))
        }

        var defaultValueDescription: String { "\(duration.components.seconds)s" }
    }

    struct Size: ExpressibleByArgument {
        let bytes: Int

        init(_ bytes: Int) {
            self.bytes = bytes
        }

        init?(argument: String) {
            let units = [
                "B": 1.0, "kB": 1_024, "KiB": 1_024, "MB": 1_048_576, "MiB": 1_048_576,
            ]
            guard let bytes = read(argument, units) else { return nil }
            self.bytes = Int(bytes)
        }

        var defaultValueDescription: String { "\(bytes >> 20)MiB" }
    }

    private static func read(_ text: String, _ units: [String: Double]) -> Double? {
        let digits = text.prefix { ("0"..."9").contains($0) || $0 == "." }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard digits.count <= 9, let number = Double(digits), let size = units[String(unit)],
            number > 0
        else { return nil }
        return number * size
    }
}
