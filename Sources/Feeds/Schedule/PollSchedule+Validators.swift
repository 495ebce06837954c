package import EarshotDomain
import Glibc

extension PollSchedule {
    /// Some servers answer 304 for ever (NetNewsWire's limit).
    private static let validatorsHold = Duration.days(8)
    /// Answers of 304 before they are held against the rate.
    private static let fewUnchanged = 5
    /// A run of 304 is not believed where the rate gives it less than this (chosen: the same as
    /// for a silence that is reported).
    private static let improbable = 0.01

    /// Takes the validators and the hash of a document that came at `now`.
    package static func keep(
        etag: String?, lastModified: String?, bodyHash: String?, in state: inout SourceState,
        now: Timestamp
    ) {
        state.etag = etag
        state.lastModified = lastModified
        state.validatorsSince = etag == nil && lastModified == nil ? nil : now
        state.unchangedInRow = 0
        state.bodyHash = bodyHash
    }

    /// Takes the validators of an answer of 304, or drops them, so that the next poll brings the
    /// document whatever the server believes.
    ///
    /// They are dropped when they are eight days old, and when five such answers in a row
    /// contradict the rate: no entry in t days has the probability exp(−λ·t).
    package static func keepUnchanged(
        etag: String?, lastModified: String?, in state: inout SourceState, now: Timestamp
    ) {
        state.unchangedInRow = min(state.unchangedInRow + 1, 1_000_000)
        let age = state.validatorsSince.map { now - $0 } ?? .zero
        let isContradicted =
            state.unchangedInRow >= fewUnchanged
            && exp(-rate(state) * days(age)) < improbable
        guard age <= validatorsHold, !isContradicted else {
            state.etag = nil
            state.lastModified = nil
            state.validatorsSince = nil
            return
        }
        state.etag = etag ?? state.etag
        state.lastModified = lastModified ?? state.lastModified
        state.validatorsSince = state.validatorsSince ?? now
    }
}
