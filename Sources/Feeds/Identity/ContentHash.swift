import CCrypto
import EarshotDomain

/// SHA-256 (FIPS 180-4) over fields whose borders count.
package enum ContentHash {
    /// 64 lower-case hex digits.
    package static func sha256Hex(_ bytes: [UInt8]) -> String { hex(sha256(bytes)) }

    /// SHA-256 of the fields, each led by its length, cut to 128 bits.
    static func key(_ fields: [String]) -> EntryKey {
        EntryKey(hex: hex(sha256(joined(fields)).prefix(16)))
    }

    /// The first 64 bits, for choices that must be the same at each replay.
    static func word(_ fields: [String]) -> UInt64 {
        sha256(joined(fields)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func joined(_ fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in fields {
            withUnsafeBytes(of: UInt64(field.utf8.count).bigEndian) {
                bytes.append(contentsOf: $0)
            }
            bytes.append(contentsOf: field.utf8)
        }
        return bytes
    }

    private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 32
        let done = EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
        precondition(done == 1, "OpenSSL has no SHA-256")
        return digest
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
