import EarshotWire

/// JSON that is a JSON Feed, or that a mapping reads.
enum JSONDocument {
    static func parse(
        _ decoded: DecodedDocument, from start: Int, _ context: FeedContext
    ) throws(FeedError) -> FeedDocument {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: start == 0 ? decoded.bytes : Array(decoded.bytes[start...]))
        } catch {
            let line = decoded.bytes.prefix(start + error.offset).reduce(1) { line, byte in
                line + (byte == 0x0A ? 1 : 0)
            }
            let isDeep = error.reason == "nested too deep"
            throw FeedError(
                isDeep ? .tooDeepJSON : .malformedJSON, "Its JSON breaks off: \(error.reason).",
                line: line)
        }
        var document: FeedDocument
        if let mapping = context.mapping, mapping.format == .json {
            document = try mapping.document(json, context)
        } else {
            document = try JSONFeed(context).document(json)
            if let mapping = context.mapping { document = mapping.refined(document, context) }
        }
        document.encoding = decoded.encoding
        document.warnings.insert(contentsOf: decoded.warnings, at: 0)
        return document
    }
}
