/// The normal form of a word, gathered scalar by scalar in lower case.
struct WordForm {
    private(set) var letters = 0
    private(set) var capitals = 0
    /// Length of the longest run of one letter, at most 255.
    private(set) var longestRun: UInt8 = 1

    private var full = TokenHash()
    /// All but the last run of letters, runs of three and more written once.
    private var short = TokenHash()
    private var last: UInt32 = 0
    private var run = 0
    /// The last four scalars, newest in the low byte; 0 for those beyond ASCII.
    private var tail: UInt32 = 0

    /// Of the form with runs of three letters and more cut to two.
    var hash: UInt64 { full.value }

    /// Of the form with such runs cut to one letter; else the same.
    var shortHash: UInt64 {
        guard longestRun > 2 else { return full.value }
        var ended = self
        ended.endRun()
        return ended.short.value
    }

    /// Whether it ends in "n't".
    var isContracted: Bool { tail & 0xff_ffff == 0x6e_2774 }

    @inline(__always)
    mutating func add(_ scalar: UInt32, isCapital: Bool, isLetter: Bool) {
        letters += isLetter ? 1 : 0
        capitals += isCapital ? 1 : 0
        tail = tail << 8 | (scalar < 0x80 ? scalar : 0)
        if scalar == last, isLetter {
            run += 1
            longestRun = max(longestRun, UInt8(min(run, 255)))
        } else {
            endRun()
            last = scalar
            run = 1
        }
        if run <= 2 { full.add(scalar) }
    }

    @inline(__always)
    private mutating func endRun() {
        guard run > 0 else { return }
        short.add(last)
        if run == 2 { short.add(last) }
    }
}
