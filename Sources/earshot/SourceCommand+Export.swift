import ArgumentParser
import EarshotFeeds
import EarshotService
import EarshotStore
import Foundation

extension SourceCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the sources as OPML 2.0.",
            discussion: """
                Sorted by folder and name: the same sources give the same bytes. 'source import' \
                takes it back with keys, kinds, mappings and folders.
                """)

        @Option(name: .shortAndLong, help: "The file to write; standard output otherwise.")
        var output: String?

        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            let store = try await options.openStore(try options.load())
            let document = OPMLWriter.document(try await SourceBook.outlines(of: store))
            guard let output else { return put(document) }
            do {
                try Data(document.utf8).write(to: URL(filePath: output), options: .atomic)
            } catch {
                let system = ((error as? CocoaError)?.underlying as? POSIXError)?.code
                let reason = system.map { ": \(String(cString: strerror($0.rawValue)))" } ?? ""
                throw Failure("cannot write \(output)\(reason)")
            }
        }
    }
}
