import EarshotService
import Foundation
import Testing

@Suite(.serialized) struct DemoTests {
    /// The committed digest was read by a person; a change of it is to be read again.
    @Test func givesTheSameBytesAsTheCommittedDigest() async throws {
        try await Project.withFolder { folder in
            _ = try await Demo(samples: Project.samples.path, output: folder.path).run { _ in }
            for name in ["digest.txt", "digest.html", "audience.csv"] {
                let made = try Data(contentsOf: folder.appending(path: name))
                let committed = try Data(
                    contentsOf: Project.samples.appending(path: "expected/\(name)"))
                #expect(made == committed, "\(name) differs from Samples/expected/\(name)")
            }
        }
    }

    @Test func leavesWhatItPromisesAndSaysWhere() async throws {
        try await Project.withFolder { folder in
            let demo = folder.appending(path: "demo").path
            let run = try Project.run(["demo", "--output", demo])
            #expect(run.code == 0)
            #expect(run.errors.isEmpty)
            for name in ["digest.html", "digest.txt", "mentions.csv", "earshot.db"] {
                #expect(FileManager.default.fileExists(atPath: "\(demo)/\(name)"))
                #expect(run.output.contains("\(demo)/\(name)"))
            }
            // The three commands that it proposes work as written.
            let program = ".build/release/earshot "
            let proposals = run.output.split(separator: "\n").filter { $0.contains(program) }
            #expect(proposals.count == 3)
            for proposal in proposals {
                let words = proposal.split(separator: " ").dropFirst().map(String.init)
                let tried = try Project.run(words)
                #expect(tried.code == 0, "\(proposal): \(tried.errors)")
                #expect(!tried.output.isEmpty)
            }
        }
    }
}
