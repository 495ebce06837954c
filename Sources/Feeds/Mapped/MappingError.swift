/// What is wrong with a mapping, and where in it.
package struct MappingError: Error, Hashable {
    /// Names of members and 0-based numbers of elements, outermost first.
    package let place: [String]
    package let reason: String
    /// Whether the last name of the place is meant, not what it stands for.
    package var isAboutName = false

    package init(_ reason: String, at place: [String] = []) {
        self.place = place
        self.reason = reason
    }

    /// The same one level further out.
    func inside(_ name: String) -> MappingError {
        var outer = MappingError(reason, at: [name] + place)
        outer.isAboutName = isAboutName
        return outer
    }
}
