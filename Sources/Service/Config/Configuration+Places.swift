import Yams

extension Configuration {
    /// The line, from 1, on which a configuration declares the source of that key; absent where it
    /// does not.
    package static func line(ofSource key: String, in text: String) -> Int? {
        guard let root = try? Yams.compose(yaml: text) else { return nil }
        for source in root["sources"]?.sequence ?? [] {
            guard let node = source["key"], node.scalar?.string == key else { continue }
            return node.mark?.line
        }
        return nil
    }
}
