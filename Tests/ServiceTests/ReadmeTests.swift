import Foundation
import Testing

/// What the README shows is run as written, on a store that the demo made.
@Suite struct ReadmeTests {
    @Test func everyCommandOfTheReadmeWorks() async throws {
        let readme = try String(
            contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
        let commands = readme.split(separator: "\n").map(String.init).filter {
            $0.hasPrefix(".build/release/earshot") || $0.hasPrefix("echo ")
        }
        #expect(commands.count > 12)
        try await Project.withFolder { folder in
            let demo = folder.appending(path: "demo").path
            #expect(try Project.run(["demo", "--output", demo]).code == 0)
            for command in commands {
                let script =
                    command
                    .replacing(".build/release/earshot", with: Project.program.path)
                    .replacing("demo/", with: demo + "/")
                let process = Process()
                process.executableURL = URL(filePath: "/bin/bash")
                process.arguments = ["-o", "pipefail", "-c", script]
                process.currentDirectoryURL = Project.root
                let output = folder.appending(path: "output")
                try Data().write(to: output)
                process.standardOutput = try FileHandle(forWritingTo: output)
                process.standardError = try FileHandle(forWritingTo: output)
                try process.run()
                process.waitUntilExit()
                let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
                #expect(process.terminationStatus == 0, "\(command)\n\(text)")
                #expect(!text.isEmpty || command.contains(">"), "\(command) says nothing")
            }
        }
    }
}
