import EarshotDomain
import EarshotSentiment
import EarshotWire
import Foundation

/// A data set of labelled texts: JSON Lines {"text","label","lang"?,"kind"?}.
struct LabelledFile {
    /// The file's name up to its first dot.
    let name: String
    private let rows: [Row]

    private typealias Row = (
        text: String, label: Sentiment.Label, language: String?, kind: Source.Kind?
    )

    /// The language tag of each text, absent where its row has none.
    var languages: [String?] { rows.map(\.language) }

    init(_ path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("cannot read \(path)", code: .badInput)
        }
        let file = URL(filePath: path).lastPathComponent
        name = String(file.prefix { $0 != "." })
        guard data.contains(where: { $0 > 0x20 }) else {
            throw Failure("\(path) is empty", code: .badInput)
        }
        rows = try data.split(separator: 0x0A).enumerated().map { index, line in
            guard let json = try? JSON(parsing: Array(line)), let text = json["text"]?.string,
                let label = json["label"]?.string.flatMap(Sentiment.Label.init(rawValue:))
            else {
                throw Failure(
                    "\(path):\(index + 1): expected {\"text\",\"label\"}, the label negative, "
                        + "neutral or positive", code: .badInput)
            }
            return (
                text, label, json["lang"]?.string,
                json["kind"]?.string.flatMap(Source.Kind.init(rawValue:))
            )
        }
    }

    func texts(_ purpose: LabelledText.Purpose) -> [LabelledText] {
        rows.map {
            LabelledText(
                text: $0.text, label: $0.label, corpus: name, kind: $0.kind, purpose: purpose)
        }
    }

    /// The bytes of a word table, kept for as long as the program runs.
    static func table(_ path: String) throws -> UnsafeRawBufferPointer {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("cannot read \(path)", code: .badInput)
        }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: data.count, alignment: 1)
        copy.copyBytes(from: data)
        return UnsafeRawBufferPointer(copy)
    }
}
