/// What became of one row of an import.
package enum RowOutcome: Hashable, Sendable {
    case added
    /// Another value of something known: kept beside the old one.
    case changed
    /// Known already.
    case same
    /// Left out; why, in words.
    case refused(String)
}
