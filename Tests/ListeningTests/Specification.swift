import Foundation

/// The matching specification of `../shared`, run by Python.
enum Specification {
    /// Folder of `queries.py`; nil where it or Python is absent.
    static let folder: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let shared =
            ProcessInfo.processInfo.environment["EARSHOT_SHARED"]
            ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
        let folder = shared + "/eval/matching"
        return FileManager.default.fileExists(atPath: folder + "/queries.py") ? folder : nil
    }()

    /// A document of a case.
    struct Document: Decodable {
        var title: String?
        var text: String?
        var author: String?
        var site: String?
        var lang: String?
        var urls: [String]?
    }

    /// What the reference says of a query and a document.
    struct Case: Decodable {
        let query: String
        let document: Document
        /// nil where the query is refused.
        let matches: Bool?
        /// Place of the error in characters.
        let errorAt: Int?
        /// "place:code", by place.
        let warnings: [String]
    }

    /// The reference's own cases, refused queries and warnings, and generated queries with
    /// documents probing them.
    static func cases() throws -> [Case] {
        guard let folder else { return [] }
        let program = """
            import json, sys
            sys.path.insert(0, sys.argv[1])
            sys.dont_write_bytecode = True
            import queries as q
            rows = [(query, d if isinstance(d, dict) else {"text": d}) for query, d, _ in q.CASES]
            rows += [(query, {"text": "x"}) for query in q.ERRORS]
            rows += [(query, {"text": "x"}) for query, _ in q.WARNINGS]
            for k, made in enumerate(q.gen_queries(400, 11)):
                rows.append((made["query"], q.probe_doc(k, made["query"], 3)))
            for query, d in rows:
                row = {"query": query, "document": d, "warnings": []}
                try:
                    row["matches"] = q.match(q.parse(query), q.Doc(dict(d, id="x")))
                    row["warnings"] = [f"{at}:{code}" for at, code, _ in q.warnings(query)]
                except q.QueryError as error:
                    row["errorAt"] = error.at
                print(json.dumps(row))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program, folder]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let decoder = JSONDecoder()
        return try output.split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(Case.self, from: Data($0))
        }
    }
}
