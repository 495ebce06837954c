import EarshotDelivery
import EarshotService
import Foundation
import Testing

@Suite struct DestinationConfigurationTests {
    private static let brand = "brands:\n  - {key: a, query: a}\ndestinations:\n"

    private static func configuration(_ secret: String) throws -> Configuration {
        try Configuration(
            parsing: brand + "  - {key: team, kind: webhook, url: \"https://hooks.test.invalid/\","
                + " secret: \(secret), brands: [a]}", file: "earshot.yaml")
    }

    @Test func secretsComeFromWhereTheConfigurationSays() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(component: "earshot-secret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (new, old) = (
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_" + String(repeating: "AAAA", count: 8)
        )
        try Data("\(old)\n".utf8).write(to: folder.appending(component: "old"))
        let destination = try #require(
            try Self.configuration("[env:NEW, file:old]").destinations.first)
        #expect(destination.brands == ["a"])
        let webhook = try destination.webhook(folder: folder, environment: ["NEW": new])
        #expect(webhook.secrets == [new, old].compactMap(WebhookSecret.init))

        let missing = try #require(throws: SecretError.self) {
            try destination.webhook(folder: folder, environment: [:])
        }
        #expect(!missing.isThere && "\(missing)".contains("env:NEW"))
        let broken = try #require(throws: SecretError.self) {
            try destination.webhook(folder: folder, environment: ["NEW": "hunter2"])
        }
        #expect(broken.isThere && !"\(broken)".contains("hunter2"))
    }

    /// A secret that stands in the file by mistake is not repeated in the complaint.
    @Test(arguments: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "[\"env:\"]", "[]"])
    func theSecretItselfStaysOutside(secret: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Self.configuration(secret)
        }
        #expect(error.line == 4)
        #expect(error.reason.contains("env:NAME or file:PATH"))
        #expect(!error.reason.contains("MfKQ"))
    }

    @Test(arguments: [
        ("{key: t, kind: mail, url: x, secret: env:A, brands: [a]}", "expected webhook"),
        ("{key: t, kind: webhook, url: x, secret: env:A, brands: [a]}", "absolute address"),
        ("{key: t, kind: webhook, url: http://x/, brands: [a]}", "'secret' is missing"),
        ("{key: t, kind: webhook, url: http://x/, secret: env:A, brands: [b]}", "no brand of ours"),
        ("{key: t, kind: webhook, uri: http://x/}", "did you mean 'url'"),
    ])
    func saysWhatIsWrong(line: String, reason: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration(parsing: Self.brand + "  - " + line, file: "earshot.yaml")
        }
        #expect(error.line == 4 && error.reason.contains(reason))
    }
}
