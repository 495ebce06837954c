import EarshotWire
import Testing

@Suite struct CSVWriterTests {
    @Test func quotesWhatNeedsQuotesAndDefusesFormulas() {
        var writer = CSVWriter()
        writer.row(["a", "b,c", "say \"hi\"", "two\nlines", ""])
        writer.row(["=1+1", "-0.21", "@SUM(A1)", "+49", "−0.2", "-cmd"])
        let expected =
            "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n"
            + "'=1+1,-0.21,'@SUM(A1),+49,−0.2,'-cmd\r\n"
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }
}
