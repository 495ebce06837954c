import EarshotWire
import Testing

@Suite struct JSONReaderTests {
    /// Expected values written by hand from RFC 8259; what is read is written again, compact.
    @Test(arguments: [
        (
            #"  {"a":[1,-2.5e3,"x"], "b":{"c":null} ,"d":true} "#,
            #"{"a":[1,-2.5e3,"x"],"b":{"c":null},"d":true}"#
        ),
        (" [ ] ", "[]"), ("{\t}", "{}"), ("[[] , {}]", "[[],{}]"), ("false", "false"),
        (#""é\u4e2d\n\/\"""#, #""é中\n/\"""#),
        ("\u{FEFF}18446744073709551616", "18446744073709551616"),
    ])
    func readsWhatTheStandardAllows(text: String, expected: String) throws {
        #expect(try JSON(parsing: Array(text.utf8)).bytes == Array(expected.utf8))
    }

    @Test func findsMembersAndElements() throws {
        let json = try JSON(
            parsing: Array(
                #"{"a":{"x":1},"b":[{"c":"d"},"e",null],"\u0061b":"f","b":2,"n":-7,"h":0.5}"#.utf8))
        #expect(json["a"]?["x"]?.int == 1)
        #expect(json["b"]?.array?.count == 3)
        #expect(json["b"]?.array?[0]["c"]?.string == "d")
        #expect(json["b"]?.array?[1].string == "e")
        #expect(json["b"]?.array?[2].isNull == true)
        #expect(json["ab"]?.string == "f")
        #expect(json["n"]?.int == -7)
        #expect(json["h"]?.double == 0.5)
        #expect(json["h"]?.int == nil)
        #expect(json["x"] == nil)
        #expect(json["a"]?.array == nil)
        #expect(json["a"]?.string == nil)
        #expect(json.members?.map(\.name) == ["a", "b", "ab", "b", "n", "h"])
    }

    /// Quotes and backslashes at each place of the eight bytes that are looked at together.
    @Test func endsStringsAtTheirQuote() throws {
        for length in 0..<40 {
            let plain = String(repeating: "é", count: length / 2) + (length % 2 == 1 ? "!" : "")
            for escape in ["", #"\n"#, #"\\"#, #"\""#, #"\u00e9"#] {
                let text = #"[""# + plain + escape + plain + #"","# + #""z"]"#
                let array = try #require(try JSON(parsing: Array(text.utf8)).array)
                let meant = ["": "", #"\n"#: "\n", #"\\"#: "\\", #"\""#: "\"", #"\u00e9"#: "é"]
                #expect(array.map(\.string) == [plain + (meant[escape] ?? "?") + plain, "z"])
            }
        }
    }

    @Test(arguments: [
        (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
        (#""\ud83dA""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
    ])
    func joinsSurrogatesAndRepairsLoneOnes(text: String, expected: String) throws {
        #expect(try JSON(parsing: Array(text.utf8)).string == expected)
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
        #expect(throws: Never.self) { try JSON(parsing: deep(JSON.depthLimit)) }
        #expect(throws: JSONError.self) { try JSON(parsing: deep(JSON.depthLimit + 1)) }
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
