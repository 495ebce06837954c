/// The file of a model, little-endian throughout:
/// magic (8 bytes), version (4), language (8, ASCII, zero-filled), lexicon fingerprint (4),
/// columns (4), for each of the three scorers two biases, two scales and two weights a column
/// (8 each, IEEE 754), features (4), for each feature in ascending order of keys: key (4), polarity
/// and neutrality of naive Bayes (1 each) and as fitted (1 each); last, FNV-1a with murmur3's
/// finaliser of all bytes before (8).
extension SentimentModel {
    private static let magic = Array("EARSHOTS".utf8)
    private static let version: UInt32 = 1

    /// Bytes of the file; `records` in ascending order of keys.
    static func file(
        language: String, lexiconFingerprint: UInt32, weights: [Weights],
        records: [WeightTable.Record]
    ) -> [UInt8] {
        var out = magic
        append(version, to: &out)
        out += (Array(language.utf8) + Array(repeating: 0, count: 8)).prefix(8)
        append(lexiconFingerprint, to: &out)
        append(UInt32(Column.allCases.count), to: &out)
        for row in weights {
            let numbers = [
                row.polarityBias, row.neutralityBias, row.polarityScale, row.neutralityScale,
            ]
            for number in numbers + row.polarity + row.neutrality {
                append(number.bitPattern, to: &out)
            }
        }
        append(UInt32(records.count), to: &out)
        for record in records {
            append(record.key, to: &out)
            for pair in [record.bayes, record.fitted] {
                out.append(UInt8(bitPattern: pair.polarity))
                out.append(UInt8(bitPattern: pair.neutrality))
            }
        }
        append(checksum(out[...]), to: &out)
        return out
    }

    /// Reads a file of weights.
    package init(file bytes: UnsafeRawBufferPointer) throws(SentimentModelError) {
        var reader = Reader(bytes: bytes)
        guard bytes.count >= 16, bytes.prefix(8).elementsEqual(Self.magic) else {
            throw SentimentModelError(reason: .notAModel)
        }
        let body = bytes.prefix(bytes.count - 8)
        var tail = Reader(bytes: bytes, position: bytes.count - 8)
        let sum = try tail.integer(UInt64.self)
        guard Self.checksum(body) == sum else { throw SentimentModelError(reason: .damaged) }
        reader.position = 8
        guard try reader.integer(UInt32.self) == Self.version else {
            throw SentimentModelError(reason: .unknownVersion)
        }
        let name = try reader.take(8).prefix { $0 != 0 }
        language = String(decoding: name, as: UTF8.self)
        lexiconFingerprint = try reader.integer(UInt32.self)
        guard try reader.integer(UInt32.self) == UInt32(Column.allCases.count) else {
            throw SentimentModelError(reason: .unknownVersion)
        }
        var rows: [Weights] = []
        for _ in Scorer.allCases {
            var row = Weights()
            row.polarityBias = try reader.number()
            row.neutralityBias = try reader.number()
            row.polarityScale = try reader.number()
            row.neutralityScale = try reader.number()
            for k in row.polarity.indices { row.polarity[k] = try reader.number() }
            for k in row.neutrality.indices { row.neutrality[k] = try reader.number() }
            rows.append(row)
        }
        weights = rows
        let count = Int(try reader.integer(UInt32.self))
        guard count <= (body.count - reader.position) / 8 else {
            throw SentimentModelError(reason: .truncated)
        }
        var records: [WeightTable.Record] = []
        records.reserveCapacity(count)
        for _ in 0..<count {
            records.append(
                WeightTable.Record(
                    key: try reader.integer(UInt32.self), bayes: try reader.pair(),
                    fitted: try reader.pair()))
        }
        table = WeightTable(records)
        fingerprint = UInt32(truncatingIfNeeded: sum)
    }

    private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = TokenHash()
        for byte in bytes { hash.add(byte) }
        return hash.value
    }

    private static func append<Number: FixedWidthInteger>(
        _ value: Number, to out: inout [UInt8]
    ) {
        withUnsafeBytes(of: value.littleEndian) { out += $0 }
    }
}

/// Takes numbers off the front of a file, none beyond its end.
private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    mutating func take(_ count: Int) throws(SentimentModelError)
        -> Slice<UnsafeRawBufferPointer>
    {
        guard count <= bytes.count - position else {
            throw SentimentModelError(reason: .truncated)
        }
        position += count
        return bytes[position - count..<position]
    }

    mutating func integer<Number: FixedWidthInteger>(
        _: Number.Type
    ) throws(SentimentModelError) -> Number {
        let slice = try take(MemoryLayout<Number>.size)
        return Number(
            littleEndian: bytes.loadUnaligned(fromByteOffset: slice.startIndex, as: Number.self))
    }

    mutating func pair() throws(SentimentModelError) -> WeightTable.Weights {
        WeightTable.Weights(polarity: try integer(Int8.self), neutrality: try integer(Int8.self))
    }

    /// A weight; what is no number is damage.
    mutating func number() throws(SentimentModelError) -> Double {
        let value = Double(bitPattern: try integer(UInt64.self))
        guard value.isFinite else { throw SentimentModelError(reason: .damaged) }
        return value
    }
}
