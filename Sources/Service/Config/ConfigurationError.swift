/// What is wrong with a configuration, and where.
package struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    package let file: String
    /// From 1; absent where the whole file is meant.
    package let line: Int?
    /// From 1, in characters.
    package let column: Int?
    package let reason: String

    package var description: String {
        let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
        return "\(file)\(place): \(reason)"
    }
}
