/// Classes of ASCII bytes.
package enum ASCII {
    package static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 &- 0x61 < 26 }
    package static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    package static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

    /// Printable, without quotation marks and angle brackets, which end an address in running text.
    package static func isURLCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x27, 0x3C, 0x3E: false
        default: byte > 0x20 && byte < 0x7F
        }
    }

    /// `.,;:!?)]}*`: at the end of an address they belong to the sentence around it.
    package static func isURLPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x29, 0x5D, 0x7D, 0x2A: true
        default: false
        }
    }
}
