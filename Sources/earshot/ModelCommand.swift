import ArgumentParser
import EarshotDomain
import EarshotSentiment
import EarshotService
import EarshotWire
import Foundation

struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "The models of sentiment.",
        subcommands: [Train.self, Induce.self, Evaluate.self])

    struct Train: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Trains the weights of a language from labelled JSON Lines.",
            discussion: """
                Each line is {"text","label","kind"?}; each file is a data set of its own, named \
                by its file name. The same input gives the same bytes.
                """)

        @Argument(help: "Data sets whose texts are counted.")
        var files: [String]

        @Option(help: ArgumentHelp("en or zh.", valueName: "tag"))
        var language: String

        @Option(
            help: ArgumentHelp(
                "Word tables in place of the built-in ones, in this order.", valueName: "file"))
        var words: [String] = []

        @Option(help: ArgumentHelp("A data set that sets the scales only.", valueName: "file"))
        var scales: [String] = []

        @Option(help: ArgumentHelp("Where the weights go.", valueName: "file"))
        var output: String

        func run() throws {
            let tables =
                try words.isEmpty
                ? BuiltInSentiment.tables(of: language) : words.map { try LabelledFile.table($0) }
            guard !tables.isEmpty else {
                throw Failure("there are no word tables for '\(language)'; name some by --words")
            }
            let texts =
                try files.flatMap { try LabelledFile($0).texts(.counts) }
                + scales.flatMap { try LabelledFile($0).texts(.scales) }
            let labels = Set(texts.map(\.label))
            guard labels.contains(.negative), labels.contains(.positive) else {
                throw Failure(
                    "training needs negative and positive texts", code: .badInput)
            }
            let result = SentimentTrainer(language: language, tables: tables).train(texts)
            guard result.features > 0 else {
                throw Failure(
                    "no word stands in enough of \(result.texts) texts to learn from",
                    code: .badInput)
            }
            try Data(result.file).write(to: URL(filePath: output))
            put(
                "\(output): \(result.texts) texts, \(result.features) features, "
                    + "\(result.file.count) bytes\n")
        }
    }

    struct Induce: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds the words that tell negative from positive texts.",
            discussion: "Reads labelled JSON Lines and writes a word table.")

        @Argument(help: "Data sets.")
        var files: [String]

        @Option(help: ArgumentHelp("Where the table goes.", valueName: "file"))
        var output: String

        func run() throws {
            let texts = try files.flatMap { try LabelledFile($0).texts(.counts) }
            try Data(LexiconInduction().table(texts)).write(to: URL(filePath: output))
        }
    }

    struct Evaluate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measures the built-in models on labelled JSON Lines.",
            discussion: """
                Each line is {"text","label","lang"?}; each file gets a row for each scorer beside \
                the answer "always the most frequent label". A data set without neutral texts is \
                judged by the sign of the score.
                """)

        @Argument(help: "Data sets.")
        var files: [String]

        @OptionGroup var answer: JSONOption

        func run() throws {
            var table = TextTable([
                .init("data"), .init("scorer"), .init("texts", isNumber: true),
                .init("macro-recall", isNumber: true), .init("macro-F1", isNumber: true),
                .init("accuracy", isNumber: true), .init("ECE", isNumber: true),
            ])
            for file in files {
                let labelled = try LabelledFile(file)
                let texts = labelled.texts(.counts)
                let rows = try SentimentModel.Scorer.allCases.map { scorer in
                    (
                        scorer.name,
                        SentimentEvaluation(
                            texts, languages: labelled.languages,
                            reader: try BuiltInSentiment.reader(scorer))
                    )
                }
                for (name, figures) in [("majority", SentimentEvaluation(majorityOf: texts))] + rows
                {
                    if answer.json {
                        put(Self.json(labelled.name, name, figures))
                        continue
                    }
                    table.add(
                        [labelled.name, name, "\(figures.texts)"]
                            + [figures.macroRecall, figures.macroF1, figures.accuracy, figures.ece]
                            .map { String(format: "%.3f", $0) })
                }
            }
            if !answer.json { put(table.text) }
        }

        private static func json(
            _ data: String, _ scorer: String, _ figures: SentimentEvaluation
        ) -> JSONWriter {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("data", data)
            writer.member("scorer", scorer)
            writer.member("texts", figures.texts)
            for (name, value) in [
                ("macro_recall", figures.macroRecall), ("macro_f1", figures.macroF1),
                ("accuracy", figures.accuracy), ("ece", figures.ece),
            ] {
                writer.name(name)
                writer.double(value, places: 4)
            }
            writer.endObject()
            return writer
        }
    }
}
