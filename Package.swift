// swift-tools-version:6.2
import PackageDescription

/// One set of rules for every Swift target; the design says why.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A stage lives in `Sources/NAME` and is the module `EarshotNAME`.
func stage(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .target(
        name: "Earshot\(name)", dependencies: dependencies, path: "Sources/\(name)",
        exclude: exclude, swiftSettings: strict)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests",
        exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "earshot",
    products: [.executable(name: "earshot", targets: ["earshot"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CXML2", path: "Sources/CXML2", pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(
            name: "CCrypto", path: "Sources/CCrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]),
        stage("Domain", []),
        stage("Wire", ["EarshotDomain"]),
        stage(
            "Transport",
            [
                "EarshotDomain", "CCurl",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ]),
        stage("Feeds", ["EarshotDomain", "EarshotWire", "CCrypto"]),
        stage("Language", ["EarshotDomain"], exclude: ["Tables/generate.py"]),
        stage("Learning", ["EarshotDomain"]),
        stage("Listening", ["EarshotDomain", "EarshotLanguage"]),
        stage("Sentiment", ["EarshotDomain", "EarshotLanguage", "EarshotLearning"]),
        stage("Trends", ["EarshotDomain"]),
        stage("Customers", ["EarshotDomain", "EarshotLearning"]),
        stage("Wording", ["EarshotDomain"]),
        stage(
            "Store",
            ["EarshotDomain", "EarshotWire", .product(name: "GRDB", package: "GRDB.swift")]),
        stage(
            "Delivery",
            ["EarshotDomain", "EarshotWire", "EarshotWording", "EarshotTransport", "CCrypto"]),
        .target(
            name: "EarshotLexicons", path: "Lexicons", sources: ["lexicons.c"],
            publicHeadersPath: "include"),
        stage(
            "Service",
            [
                "EarshotDomain", "EarshotWire", "EarshotTransport", "EarshotFeeds",
                "EarshotLanguage", "EarshotLearning", "EarshotListening", "EarshotSentiment",
                "EarshotTrends", "EarshotCustomers", "EarshotWording", "EarshotStore",
                "EarshotDelivery", "EarshotLexicons",
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ]),
        .executableTarget(
            name: "earshot",
            dependencies: [
                "EarshotDomain", "EarshotWire", "EarshotTransport", "EarshotFeeds",
                "EarshotLanguage", "EarshotListening", "EarshotSentiment", "EarshotTrends",
                "EarshotCustomers", "EarshotWording", "EarshotStore", "EarshotDelivery",
                "EarshotService", "EarshotLexicons",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/earshot", swiftSettings: strict),
        .executableTarget(
            name: "Benchmarks", dependencies: ["CXML2"], path: "Benchmarks", exclude: ["graders"],
            swiftSettings: strict),
        tests("Wire", ["EarshotDomain", "EarshotWire"]),
        tests(
            "Transport",
            [
                "EarshotDomain", "EarshotTransport", "EarshotService",
                .product(name: "Hummingbird", package: "hummingbird"),
            ]),
        tests(
            "Delivery",
            [
                "EarshotDomain", "EarshotWire", "EarshotTransport", "EarshotStore",
                "EarshotDelivery", "EarshotService",
            ]),
        tests("Feeds", ["EarshotDomain", "EarshotWire", "EarshotFeeds"], exclude: ["Pages"]),
        tests("Language", ["EarshotDomain", "EarshotLanguage"], exclude: ["reference.py"]),
        tests("Learning", ["EarshotLearning"]),
        tests("Listening", ["EarshotDomain", "EarshotLanguage", "EarshotListening"]),
        tests(
            "Sentiment",
            ["EarshotDomain", "EarshotLearning", "EarshotSentiment", "EarshotLexicons"]),
        tests("Trends", ["EarshotDomain", "EarshotTrends"]),
        tests(
            "Store",
            ["EarshotDomain", "EarshotStore", .product(name: "GRDB", package: "GRDB.swift")]),
        tests(
            "Customers",
            [
                "EarshotDomain", "EarshotWire", "EarshotTrends", "EarshotCustomers",
                "EarshotWording", "EarshotStore", "EarshotService",
            ], exclude: ["reference.py"]),
        tests("Wording", ["EarshotDomain", "EarshotWording", "EarshotService"]),
        tests(
            "Service",
            [
                "EarshotDomain", "EarshotWire", "EarshotTransport", "EarshotFeeds",
                "EarshotListening", "EarshotSentiment", "EarshotStore", "EarshotService",
                "earshot",
            ]),
    ],
    cLanguageStandard: .c2x
)
