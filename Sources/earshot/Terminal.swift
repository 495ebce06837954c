import EarshotDomain
import EarshotService
import EarshotWording
import Foundation

/// The terminal that results go to.
struct Terminal {
    let width: Int
    let colour: Bool

    /// Colour only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    static var current: Terminal {
        guard isatty(1) == 1 else { return Terminal(width: 80, colour: false) }
        var size = winsize()
        let isKnown = ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let noColour = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
        return Terminal(
            width: isKnown ? min(Int(size.ws_col), 100) : 80, colour: noColour.isEmpty)
    }

    func text(of reading: DigestPage.Reading) -> String {
        reading.text(width: width, colour: colour)
    }

    func text(title: String, lines: [String]) -> String {
        TerminalNotice(title: title, lines: lines, width: width, colour: colour).text
    }
}
