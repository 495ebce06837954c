extension Mapping {
    /// Where a source with these parameters is found: the address of its first page, without a
    /// token and without what only a walk knows.
    ///
    /// - Parameter parameters: by name; `token` does not count.
    package func address(_ parameters: [String: String]) throws(MappingError) -> String {
        guard let request else {
            throw MappingError("it has no request; the source needs an address of its own")
        }
        let known = request.known.filter { $0 != MappedRequest.token }
        for name in parameters.keys.sorted()
        where name != MappedRequest.token && !known.contains(name) {
            let list = known.isEmpty ? "it takes none" : "known: " + known.joined(separator: ", ")
            throw MappingError("there is no parameter '\(name)'; \(list)")
        }
        var values = parameters
        values[MappedRequest.token] = nil
        if case .page(let first, _, _) = next { values["page"] = "\(first)" }
        if case .offset = next { values["offset"] = "0" }
        return try request.page(values).url
    }

    /// Whether a request takes a token.
    package var takesToken: Bool { request?.known.contains(MappedRequest.token) ?? false }

    /// Whether there may be more than one page, or a page that depends on what is stored.
    package var isWalked: Bool { next != nil || request?.asksSince == true }

    /// Whether each poll begins with the same request, so that validators mean something.
    package var beginsAlike: Bool {
        if case .minID = next { return false }
        return request?.asksSince != true
    }
}
