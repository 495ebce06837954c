extension FetchResponse {
    /// A response that no network brought, such as one of a simulated world.
    package init(
        url: String, status: Int, movedTo: String? = nil, headers: [HeaderField] = [],
        body: [UInt8] = [], isEndProven: Bool = true
    ) {
        self.init(
            status: status, url: url, redirects: [], movedTo: movedTo,
            headers: HeaderFields(headers),
            body: body, isEndProven: isEndProven, receivedBytes: body.count, duration: .zero)
    }
}

extension HeaderFields {
    fileprivate init(_ fields: [HeaderField]) {
        self.init()
        for field in fields {
            Array("\(field.name): \(field.value)\r\n".utf8).withUnsafeBytes { take(line: $0) }
        }
    }
}
