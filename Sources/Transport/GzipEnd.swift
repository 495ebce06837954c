/// Watches the end of a gzip body as it comes over the wire.
///
/// libcurl takes a compressed body that ends early for a whole one. A gzip member ends with the
/// length of what it holds (RFC 1952, section 2.3.1), so its last four bytes prove the end. They
/// have to be found in what came before the chunks were taken apart, which is all that libcurl
/// shows of a body that it decodes.
struct GzipEnd {
    private enum Framing {
        /// All that comes is body, of so many bytes where that was said.
        case plain(left: Int?)
        case chunked(Chunk)
    }

    /// Where in the chunked coding (RFC 9112, section 7.1) the next byte stands.
    private enum Chunk {
        case size(Int)
        /// Behind the size, up to its line's end.
        case extensions(Int)
        case data(left: Int)
        /// Behind the data, up to the line's end.
        case dataEnd
        /// Behind the last chunk.
        case over
    }

    private var framing: Framing
    /// The last four bytes of the body, the last one in the highest place.
    private var tail: UInt32 = 0
    private var count = 0

    /// Nil where the fields name no coding, another than gzip, or several.
    init?(_ headers: HeaderFields) {
        guard ["gzip", "x-gzip"].contains(headers.list("content-encoding")?.lowercased()) else {
            return nil
        }
        if headers.isHTTP1, headers.list("transfer-encoding")?.lowercased() == "chunked" {
            framing = .chunked(.size(0))
        } else {
            let length = headers.contentLength.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
            framing = .plain(left: length)
        }
    }

    /// Whether the body ended as its own last bytes say, `decoded` bytes long.
    func isProven(decoded: Int) -> Bool {
        count == 0 ? decoded == 0 : count >= 4 && tail == UInt32(truncatingIfNeeded: decoded)
    }

    /// Takes bytes of the body as they came, chunk sizes and all.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        switch framing {
        case .plain(let left):
            let body = bytes.prefix(left ?? bytes.count)
            framing = .plain(left: left.map { $0 - body.count })
            keep(body)
        case .chunked(var place):
            var rest = bytes[...]
            while let byte = rest.first {
                if case .data(let left) = place {
                    let data = rest.prefix(left)
                    keep(data)
                    rest = rest.dropFirst(data.count)
                    place = left == data.count ? .dataEnd : .data(left: left - data.count)
                } else {
                    place = Self.next(after: place, byte)
                    rest = rest.dropFirst()
                }
            }
            framing = .chunked(place)
        }
    }

    private mutating func keep(_ body: Slice<UnsafeRawBufferPointer>) {
        count += body.count
        for byte in body.suffix(4) { tail = tail >> 8 | UInt32(byte) << 24 }
    }

    private static func next(after place: Chunk, _ byte: UInt8) -> Chunk {
        switch place {
        case .size(let size), .extensions(let size):
            if byte == 0x0a { return size == 0 ? .over : .data(left: size) }
            guard case .size = place, let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { return .extensions(size) }
            // libcurl refuses such a size, but later than it comes by here.
            return size >> 40 == 0 ? .size(size << 4 | digit) : .over
        case .dataEnd: return byte == 0x0a ? .size(0) : .dataEnd
        case .data, .over: return .over
        }
    }
}
