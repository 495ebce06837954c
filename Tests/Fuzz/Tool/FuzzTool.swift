import Foundation

/// What is done around fuzzing: `seeds FOLDER SOURCE...` and `slow INPUTS FINDINGS [TARGET...]`.
@main
enum FuzzTool {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let places = arguments.dropFirst().map { URL(filePath: $0) }
        switch arguments.first {
        case "targets": print(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))
        case "seeds" where !places.isEmpty: try makeSeeds(places[0], from: places.dropFirst())
        case "slow" where places.count >= 2:
            let named = arguments.dropFirst(3).compactMap { FuzzTarget(rawValue: $0) }
            try lookForSlowInputs(
                collected: places[0], findings: places[1],
                named.isEmpty ? FuzzTarget.allCases : named)
        default:
            print("usage: targets | seeds FOLDER SOURCE... | slow INPUTS FINDINGS [TARGET...]")
            exit(64)
        }
    }

    private static func makeSeeds(_ folder: URL, from sources: some Sequence<URL>) throws {
        var seeds = Seeds(folder: folder)
        try seeds.takeOwn()
        for source in sources { try seeds.take(from: source) }
        let counts = FuzzTarget.allCases.map { "\($0.rawValue) \(seeds.count($0))" }
        print("seeds: " + counts.joined(separator: ", "))
    }

    private static func lookForSlowInputs(
        collected: URL, findings: URL, _ targets: [FuzzTarget]
    ) throws {
        var slow = SlowInputs()
        for target in targets {
            slow.run(target, collected: collected.appending(path: target.rawValue))
            if let (taken, name) = slow.slowest[target] {
                let figure = String(format: "%.3f s", taken)
                print("slowest 1 MiB for \(target.rawValue): \(figure), \(name)")
            }
        }
        print("\(slow.tried) inputs timed, \(slow.found.count) above one second")
        for (number, (target, name, bytes)) in slow.found.enumerated() {
            let place = findings.appending(path: target.rawValue)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let file = place.appending(path: "slow-\(number)")
            try Data(bytes).write(to: file)
            print("above one second, \(target.rawValue): \(name), kept as \(file.path)")
        }
        if !slow.found.isEmpty { exit(1) }
    }
}
