import CXML2
import Foundation

/// The floors that parsers are measured against, over files that are in memory before the clock
/// starts: a raw libxml2 SAX2 push pass in chunks of 16 KiB through callbacks that only count, and
/// a sum of all bytes.
enum Floor: String {
    case sax, scan

    private static let chunk = 16_384
    /// Passes over all files in one run, so that a small corpus is timed well.
    private static let passes = 3

    /// CPU seconds of one pass over the files that `list` names, one a line.
    func seconds(list: String) throws -> Double {
        let names = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
        let files = try names.map { Array(try Data(contentsOf: URL(filePath: String($0)))) }
        var counts = Counts()
        let begin = Self.now
        for _ in 0..<Self.passes {
            for file in files {
                switch self {
                case .sax: withUnsafeMutablePointer(to: &counts) { Self.parse(file, $0) }
                case .scan: for byte in file { counts.sum &+= UInt64(byte) }
                }
            }
        }
        let seconds = (Self.now - begin) / Double(Self.passes)
        // What was counted must be seen, else the pass could be left out.
        guard counts.elements + counts.text > 0 || counts.sum > 0 else {
            throw BenchmarkError(description: "the floor found nothing in \(list)")
        }
        return seconds
    }

    private struct Counts {
        var elements = 0
        var attributes = 0
        var text = 0
        var sum: UInt64 = 0
    }

    /// As the parsers that are built on libxml2 set it up.
    private static let options = [
        XML_PARSE_NONET, XML_PARSE_NOCDATA, XML_PARSE_HUGE, XML_PARSE_RECOVER,
    ].reduce(0) { $0 | Int32($1.rawValue) }

    private static func parse(_ file: [UInt8], _ counts: UnsafeMutablePointer<Counts>) {
        var handler = xmlSAXHandler()
        handler.initialized = earshot_xml_sax2_magic
        handler.startElementNs = { context, _, _, _, _, _, count, _, _ in
            guard let counts = context?.assumingMemoryBound(to: Counts.self) else { return }
            counts.pointee.elements += 1
            counts.pointee.attributes += Int(count)
        }
        handler.endElementNs = { _, _, _, _ in }
        let text: charactersSAXFunc = { context, _, count in
            context?.assumingMemoryBound(to: Counts.self).pointee.text += Int(count)
        }
        handler.characters = text
        handler.cdataBlock = text
        handler.ignorableWhitespace = text
        handler.serror = { _, _ in }
        guard let parser = xmlCreatePushParserCtxt(&handler, counts, nil, 0, nil) else { return }
        defer { xmlFreeParserCtxt(parser) }
        xmlCtxtUseOptions(parser, options)
        file.withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count {
                let count = min(chunk, bytes.count - start)
                let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + count)])
                xmlParseChunk(
                    parser, piece.assumingMemoryBound(to: CChar.self).baseAddress, Int32(count), 0)
                start += count
            }
        }
        xmlParseChunk(parser, nil, 0, 1)
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
