import Foundation
import Testing

/// What people and filters hand to the program: pipes, requests of the wrong form.
@Suite struct CommandInputTests {
    private static let feed =
        "<rss version=\"2.0\"><channel><title>F</title><item><title>a</title></item></channel></rss>"

    private static let outlines = """
        <opml version="2.0"><body><outline text="a" xmlUrl="http://a.example/f"/>
        <outline text="b" xmlUrl="http://ann:geheim@b.example/f"/><outline text="c" xmlUrl=""/>
        </body></opml>
        """

    private static let config = """
        store: s.db
        brands:
          - {key: harbor, names: {en: Harbor}, market: kettles, query: harbor}
        """

    /// A shell's pipe, which cannot be opened by name as a file can.
    private static func piped(
        _ text: String, to arguments: String, in folder: URL
    ) throws -> (output: String, errors: String, code: Int32) {
        let place = folder.appending(path: "piped")
        try Data(text.utf8).write(to: place)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "cat piped | '\(Project.program.path)' \(arguments) >out 2>err"]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        let texts = try ["out", "err"].map {
            String(decoding: try Data(contentsOf: folder.appending(path: $0)), as: UTF8.self)
        }
        return (texts[0], texts[1], process.terminationStatus)
    }

    @Test func outlinesComeByAPipeAndPasswordsAreNotTold() async throws {
        try await Project.withFolder { folder in
            try Data(Self.config.utf8).write(to: folder.appending(path: "earshot.yaml"))
            let result = try Self.piped(Self.outlines, to: "source import -", in: folder)
            #expect(result.code == 65)
            #expect(result.output.contains("1 added, 0 known, 2 refused"))
            #expect(result.output.contains("line 2: refused, it has no address, c"))
            #expect(!(result.output + result.errors).contains("geheim"))
        }
    }

    @Test func aDocumentComesByAPipe() async throws {
        try await Project.withFolder { folder in
            let result = try Self.piped(Self.feed, to: "parse -", in: folder)
            #expect(result.code == 0)
            #expect(result.output.contains("F"))
        }
    }

    @Test(arguments: [
        (["fetch", "--jsonl"], #"{"id":1,"url":"http://h.invalid/","validators":"zzz"}"#),
        (["fetch", "--jsonl"], #"{"id":1,"url":"http://h.invalid/","validators":{"etag":2}}"#),
        (["parse", "--jsonl"], #"{"id":1,"path":"earshot.yaml","headers":"zzz"}"#),
        (["parse", "--jsonl"], #"{"id":1,"path":"earshot.yaml","headers":{"a":[]}}"#),
    ])
    func requestsOfTheWrongFormAreToldSo(arguments: [String], line: String) throws {
        let result = try Project.run(arguments, input: line + "\n")
        #expect(result.code == 65)
        #expect(result.output.hasPrefix(#"{"id":1,"error":{"line":1,"reason":""#))
    }

    @Test func aFileThatCannotBeWrittenIsNamed() async throws {
        try await Project.withFolder { folder in
            try Data(Self.config.utf8).write(to: folder.appending(path: "earshot.yaml"))
            _ = try Self.piped(Self.outlines, to: "source import -", in: folder)
            let result = try Project.run(
                ["source", "export", "-o", "none/x.opml"], in: folder)
            #expect(result.code == 1)
            #expect(
                result.errors == "earshot: cannot write none/x.opml: No such file or directory\n")
        }
    }
}
