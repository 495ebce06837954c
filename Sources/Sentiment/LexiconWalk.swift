/// Finds what a lexicon says of a text: valences under boosters and negation, and marks.
///
/// English follows Hutto & Gilbert 2014 (VADER): boosters within three tokens before a form count
/// ±0.293 of a valence of 1, less with distance; shouting counts 0.733; a form after "but" counts
/// 1.5-fold, before it half. What negation does to a valence is not fixed here but learned: turned
/// forms go to columns of their own.
struct LexiconWalk {
    /// VADER's constants: booster increment, its damping by distance, and the increment of capitals.
    private static let boost: Float = 0.293
    private static let damping: [Float] = [1, 0.95, 0.9]
    private static let shout: Float = 0.733
    /// VADER's weights of the clauses after and before a contrast.
    private static let afterContrast: Float = 1.5
    private static let beforeContrast: Float = 0.5
    /// Marks beyond the fourth add nothing (VADER).
    private static let mostMarks = 4

    let lexicon: Lexicon
    /// Tokens after a negator that it reaches.
    let reach: Int
    /// Whether phrases become single units of the n-grams: in space-separated scripts.
    let joinsPhrases: Bool

    /// Fills signals, negation, clauses, groups and units of `scratch` from its tokens.
    func walk(_ scratch: inout ScoringScratch) {
        var state = State(count: scratch.tokens.count, isShouting: Self.isShouting(scratch.tokens))
        scratch.signals.removeAll(keepingCapacity: true)
        scratch.groups.removeAll(keepingCapacity: true)
        scratch.units.removeAll(keepingCapacity: true)
        scratch.isNegated.removeAll(keepingCapacity: true)
        scratch.clauses.removeAll(keepingCapacity: true)
        var index = 0
        while index < scratch.tokens.count {
            index = step(index, &state, &scratch)
        }
        flushNegator(&state, &scratch)
        weighContrast(state, &scratch)
        scratch.isBare = !state.isValent
    }

    private struct Booster {
        var end = 0
        var sign: Float = 0

        /// What it adds to the strength of a form at token `index`.
        func strength(at index: Int) -> Float {
            let distance = index - end - 1
            guard distance >= 0, distance < damping.count else { return 0 }
            return sign * boost * damping[distance]
        }
    }

    private struct State {
        let count: Int
        /// Capitals mean emphasis only where not all is capitals.
        let isShouting: Bool
        var clause: Int32 = 0
        /// The token of the negator in force; −1 without one.
        var negator = -1
        var negatorEnd = -1
        var hasTurned = false
        /// The last three boosters and dampers, newest first: end token and sign; sign 0 for none.
        var boosters: (Booster, Booster, Booster) = (Booster(), Booster(), Booster())
        /// The first signal after the last contrast; absent without one.
        var contrast: Int?
        var isValent = false
        var exclamations = 0
        var questions = 0
    }

    private func step(_ index: Int, _ state: inout State, _ scratch: inout ScoringScratch) -> Int {
        let token = scratch.tokens[index]
        if token.startsLine {
            flushNegator(&state, &scratch)
            state.clause += 1
        }
        if state.negator >= 0, index > state.negatorEnd + reach { flushNegator(&state, &scratch) }
        let entry = lexicon.match(scratch.tokens, at: index)
        let length = entry.map { min($0.length, state.count - index) } ?? 1
        let last = index + length - 1
        let isTurned = state.negator >= 0
        var turnsHere = false
        if let entry {
            turnsHere = meet(entry, index, last, &state, &scratch)
        } else if token.isContracted {
            startNegation(index, index, &state, &scratch)
        }
        mark(token, index, &state, &scratch)
        for _ in index...last {
            scratch.isNegated.append(isTurned)
            scratch.clauses.append(state.clause)
        }
        if length > 1, entry.map({ $0.role != .shield }) == true {
            scratch.groups.append((Int32(index), Int32(last)))
        }
        append(index, last, isTurned, turnsHere, &scratch)
        if token.endsClause {
            flushNegator(&state, &scratch)
            state.clause += 1
        }
        return last + 1
    }

    /// Acts on a form; answers whether its valence was turned.
    private func meet(
        _ entry: Lexicon.Entry, _ index: Int, _ last: Int, _ state: inout State,
        _ scratch: inout ScoringScratch
    ) -> Bool {
        switch entry.role {
        case .shield:
            return false
        case .negator:
            startNegation(index, last, &state, &scratch)
            return false
        case .booster, .damper:
            let booster = Booster(end: last, sign: entry.role == .booster ? 1 : -1)
            state.boosters = (booster, state.boosters.0, state.boosters.1)
        case .contrast:
            flushNegator(&state, &scratch)
            state.contrast = scratch.signals.count
            state.clause += 1
        case .breaker:
            flushNegator(&state, &scratch)
            state.clause += 1
        case .valence:
            break
        }
        guard entry.sum != 0 || entry.first != 0 else { return false }
        return weigh(entry, index, last, &state, &scratch)
    }

    private func weigh(
        _ entry: Lexicon.Entry, _ index: Int, _ last: Int, _ state: inout State,
        _ scratch: inout ScoringScratch
    ) -> Bool {
        state.isValent = true
        let token = scratch.tokens[index]
        var strength: Float = 1
        strength += state.boosters.2.strength(at: index)
        strength += state.boosters.1.strength(at: index)
        strength += state.boosters.0.strength(at: index)
        if token.isShouted, state.isShouting { strength += Self.shout / 2 }
        if token.run > 2, token.kind == .word { strength += Self.boost }
        strength = max(strength, 0.2)
        if state.negator >= 0 {
            let column: Column = entry.sum > 0 ? .negatedPositive : .negatedNegative
            let size = max(abs(entry.first), max(abs(entry.second), abs(entry.third)))
            add(column, state.negator, last, size * strength, &scratch)
            scratch.groups.append((Int32(state.negator), Int32(last)))
            state.hasTurned = true
            return true
        }
        func addValence(_ value: Float, _ positive: Column, _ negative: Column) {
            guard value != 0 else { return }
            let column = value > 0 ? positive : negative
            add(column, index, last, abs(value) * strength, &scratch)
        }
        addValence(entry.first, .firstPositive, .firstNegative)
        addValence(entry.second, .secondPositive, .secondNegative)
        addValence(entry.third, .thirdPositive, .thirdNegative)
        add(entry.sum > 0 ? .positiveForms : .negativeForms, index, last, 1, &scratch)
        return false
    }

    private func startNegation(
        _ index: Int, _ last: Int, _ state: inout State, _ scratch: inout ScoringScratch
    ) {
        flushNegator(&state, &scratch)
        state.negator = index
        state.negatorEnd = last
        state.hasTurned = false
    }

    /// Ends a negation; one that turned nothing is a sign of its own.
    private func flushNegator(_ state: inout State, _ scratch: inout ScoringScratch) {
        if state.negator >= 0, !state.hasTurned {
            add(.idleNegators, state.negator, state.negatorEnd, 1, &scratch)
        }
        state.negator = -1
    }

    private func mark(
        _ token: Token, _ index: Int, _ state: inout State, _ scratch: inout ScoringScratch
    ) {
        switch token.kind {
        case .link: add(.links, index, index, 1, &scratch)
        case .name: add(.names, index, index, 1, &scratch)
        case .tag: add(.tags, index, index, 1, &scratch)
        case .number: add(.numbers, index, index, 1, &scratch)
        case .mark where token.isEllipsis: add(.ellipses, index, index, 1, &scratch)
        case .mark where token.mark == UInt8(ascii: "!"):
            let more = min(Int(token.run), Self.mostMarks - state.exclamations)
            state.exclamations += more
            if more > 0 { add(.exclamations, index, index, Float(more), &scratch) }
        case .mark where token.mark == UInt8(ascii: "?"):
            let more = min(Int(token.run), Self.mostMarks - state.questions)
            state.questions += more
            if more > 0 { add(.questions, index, index, Float(more), &scratch) }
        default: break
        }
    }

    private func append(
        _ index: Int, _ last: Int, _ isNegated: Bool, _ isTurned: Bool,
        _ scratch: inout ScoringScratch
    ) {
        if joinsPhrases, last > index {
            var hash = scratch.tokens[index].hash
            for k in index + 1...last { hash = joined(hash, scratch.tokens[k].hash) }
            scratch.units.append(
                Unit(
                    first: Int32(index), last: Int32(last), hash: hash, isNegated: isNegated,
                    isTurned: isTurned))
            return
        }
        // A form such as 不喜欢 brings its own negation: 喜 and 欢 in it must not speak for it.
        let turnsItself = last > index && lexicon.isNegator(scratch.tokens[index])
        for k in index...last {
            let isInside = turnsItself && k > index
            scratch.units.append(
                Unit(
                    first: Int32(k), last: Int32(k), hash: scratch.tokens[k].hash,
                    isNegated: isNegated || isInside, isTurned: isTurned || isInside))
        }
    }

    private func weighContrast(_ state: State, _ scratch: inout ScoringScratch) {
        guard let contrast = state.contrast else { return }
        for k in scratch.signals.indices {
            let signal = scratch.signals[k]
            guard signal.column.rawValue <= Column.negatedNegative.rawValue else { continue }
            let factor = k < contrast ? Self.beforeContrast : Self.afterContrast
            scratch.signals[k] = Signal(
                first: signal.first, last: signal.last, column: signal.column,
                value: signal.value * factor)
        }
    }

    private func add(
        _ column: Column, _ first: Int, _ last: Int, _ value: Float,
        _ scratch: inout ScoringScratch
    ) {
        scratch.signals.append(
            Signal(first: Int32(first), last: Int32(last), column: column, value: value))
    }

    private static func isShouting(_ tokens: [Token]) -> Bool {
        var words = 0
        var shouted = 0
        for token in tokens where token.kind == .word {
            words += 1
            shouted += token.isShouted ? 1 : 0
        }
        return shouted < words
    }
}
