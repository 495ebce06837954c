import EarshotWording
import Testing

@Suite struct PrintableTextTests {
    /// A feed's title must not clear the screen, set the window's title or turn the line round.
    @Test(arguments: [
        ("\u{1B}[2Jgone", " [2Jgone"), ("a\u{9B}31mb", "a 31mb"), ("x\r\ny", "x  y"),
        ("\u{202E}txt.exe", " txt.exe"), ("漏水 😡 ok", "漏水 😡 ok"),
    ])
    func takesTheSteeringOutOfText(text: String, expected: String) {
        #expect(PrintableText.of(text) == expected)
    }
}
