/// Classes of Unicode scalars by rule A3.
package enum ScalarClass {
    /// A letter, number or mark.
    package static func isToken(_ scalar: UInt32) -> Bool {
        UnicodeTable.shared.properties(scalar).isToken
    }

    /// A character of a script written without spaces, which is a token of its own.
    package static func standsAlone(_ scalar: UInt32) -> Bool {
        let properties = UnicodeTable.shared.properties(scalar)
        return properties.isToken && properties.script == 1
    }

    /// Neither a token of its own nor katakana.
    package static func isOrdinary(_ scalar: UInt32) -> Bool {
        UnicodeTable.shared.properties(scalar).script == 0
    }
}
