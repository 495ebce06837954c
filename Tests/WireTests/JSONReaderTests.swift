import EarshotWire
import Testing

@Suite struct JSONReaderTests {
    /// Expected values written by hand from RFC 8259.
    @Test(arguments: [
        (
            #"  {"a":[1,-2.5e3,"x"],"b":{"c":null},"d":true} "#,
            JSON.object([
                .init("a", .array([.number("1"), .number("-2.5e3"), .string("x")])),
                .init("b", .object([.init("c", .null)])), .init("d", .bool(true)),
            ])
        ),
        ("[]", .array([])),
        ("{}", .object([])),
        ("[[],{}]", .array([.array([]), .object([])])),
        (#""é\u4e2d\n\/\"""#, .string("é中\n/\"")),
        ("\u{FEFF}18446744073709551616", .number("18446744073709551616")),
    ])
    func readsWhatTheStandardAllows(text: String, expected: JSON) throws {
        #expect(try JSON(parsing: Array(text.utf8)) == expected)
    }

    @Test(arguments: [
        (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
        (#""\ud83dA""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
    ])
    func joinsSurrogatesAndRepairsLoneOnes(text: String, expected: String) throws {
        #expect(try JSON(parsing: Array(text.utf8)) == .string(expected))
    }

    @Test(arguments: [
        "", "  ", "{", "[1,]", "[1 2]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{1:2}", "01", "1.",
        "-", "+1", "1e", "nul", "truex", #""abc"#, #""\x""#, #""\u12g4""#, "[1] 2", "NaN", "]",
        "}", "'a'", "[1}", #"{"a":1]"#,
    ])
    func refusesWhatTheStandardForbids(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: Array(text.utf8)) }
    }

    @Test func stopsAtTheDepthLimitInsteadOfTheStack() throws {
        let deep = { (levels: Int) in
            Array(String(repeating: "[", count: levels).utf8)
                + Array(String(repeating: "]", count: levels).utf8)
        }
        #expect(throws: Never.self) { try JSON(parsing: deep(JSONReader.depthLimit)) }
        #expect(throws: JSONError.self) { try JSON(parsing: deep(JSONReader.depthLimit + 1)) }
        #expect(throws: JSONError.self) {
            try JSON(parsing: Array(String(repeating: "[", count: 1_000_000).utf8))
        }
    }

    @Test func survivesEveryCutAndEveryByte() {
        let bytes = Array(#"{"a":[1,-2.5e3,"\u00e9x"],"b":{"c":null},"d":true}"#.utf8)
        for end in bytes.indices {
            #expect(throws: JSONError.self) { try JSON(parsing: Array(bytes[..<end])) }
        }
        for index in bytes.indices {
            for byte in UInt8.min...UInt8.max {
                var broken = bytes
                broken[index] = byte
                _ = try? JSON(parsing: broken)
            }
        }
    }

    @Test func writesWhatItReads() throws {
        let text = #"{"a":[1,-2.5e3,"\"\\\n\u0001é"],"b":{},"c":[],"d":null,"e":false}"#
        #expect(try JSON(parsing: Array(text.utf8)).bytes == Array(text.utf8))
    }
}
