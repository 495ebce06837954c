/// Faces written with marks: `:-)`, `;D`, `(:`, `<3`, `^_^`, `>.<`.
enum Emoticon {
    /// The end of the emoticon that begins at `start`; absent where none does.
    ///
    /// A repeated mouth (`:)))`) is left to the mark run behind it.
    static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        switch byte(bytes, start) {
        case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="):
            return upright(bytes, from: start)
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            return mirrored(bytes, from: start)
        case UInt8(ascii: "<"):
            let isBroken = byte(bytes, start + 1) == UInt8(ascii: "/")
            let three = start + (isBroken ? 2 : 1)
            return byte(bytes, three) == UInt8(ascii: "3") && isBoundary(bytes, three + 1)
                ? three + 1 : nil
        case UInt8(ascii: "^"), UInt8(ascii: "-"), UInt8(ascii: ">"):
            return symmetric(bytes, from: start)
        default:
            return nil
        }
    }

    /// Eyes, perhaps a nose, a mouth; a mouth that is a letter must end there.
    private static func upright(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var at = start + 1
        switch byte(bytes, at) {
        case UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "^"), UInt8(ascii: "o"):
            at += 1
        default:
            break
        }
        switch byte(bytes, at) {
        case UInt8(ascii: ")"), UInt8(ascii: "("), UInt8(ascii: "]"), UInt8(ascii: "["),
            UInt8(ascii: "}"), UInt8(ascii: "{"), UInt8(ascii: "*"), UInt8(ascii: "|"),
            UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "@"), UInt8(ascii: "$"),
            UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "D"), UInt8(ascii: "d"),
            UInt8(ascii: "P"), UInt8(ascii: "p"), UInt8(ascii: "O"), UInt8(ascii: "o"),
            UInt8(ascii: "S"), UInt8(ascii: "s"), UInt8(ascii: "X"), UInt8(ascii: "x"),
            UInt8(ascii: "3"), UInt8(ascii: "c"), UInt8(ascii: "b"):
            // "http://" and "ratio 1:/" are no faces: a slash must end there, too.
            return isBoundary(bytes, at + 1) && byte(bytes, at + 1) != UInt8(ascii: "/")
                ? at + 1 : nil
        default:
            return nil
        }
    }

    /// `(:`, `(-;`, `):`: a mouth that opens the face, after a space or at the start.
    private static func mirrored(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start == 0 || bytes[start - 1] <= 32 else { return nil }
        var at = start + 1
        if byte(bytes, at) == UInt8(ascii: "-") || byte(bytes, at) == UInt8(ascii: "'") { at += 1 }
        switch byte(bytes, at) {
        case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="):
            return isBoundary(bytes, at + 1) ? at + 1 : nil
        default:
            return nil
        }
    }

    /// `^_^`, `^^`, `-_-`, `>_<`, `>.<`.
    private static func symmetric(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let left = byte(bytes, start)
        let right = left == UInt8(ascii: ">") ? UInt8(ascii: "<") : left
        let middle = byte(bytes, start + 1)
        if left == UInt8(ascii: "^"), middle == right { return start + 2 }
        guard middle == UInt8(ascii: "_") || middle == UInt8(ascii: "."),
            byte(bytes, start + 2) == right
        else { return nil }
        return start + 3
    }

    /// The byte at `index`; 0 beyond the end.
    private static func byte(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt8 {
        index < bytes.count ? bytes[index] : 0
    }

    private static func isBoundary(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let next = byte(bytes, index)
        return !isLetterForm(next) && !isDigit(next)
    }
}
