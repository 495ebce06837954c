import CCurl

/// One libcurl easy handle with the buffer for its messages, freed when its owner goes.
///
/// Not `Sendable`: a handle lives on the multi loop's thread and nowhere else.
struct EasyHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer
    private let message: UnsafeMutablePointer<CChar>

    init() {
        guard let raw = curl_easy_init() else { fatalError("out of memory") }
        self.raw = raw
        message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(message))
    }

    deinit {
        curl_easy_cleanup(raw)
        message.deallocate()
    }

    /// Sets an option that libcurl takes as `long`; a refusal is a bug of ours, not of the server's.
    func set(_ option: CURLoption, _ value: Int) {
        accept(earshot_curl_set_long(raw, option, value), option)
    }

    func set(_ option: CURLoption, milliseconds span: Duration) {
        let (seconds, attoseconds) = span.components
        // Zero would mean no limit.
        set(option, max(1, Int(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)))
    }

    func set(_ option: CURLoption, offset value: Int) {
        accept(earshot_curl_set_offset(raw, option, curl_off_t(value)), option)
    }

    /// libcurl copies the text.
    func set(_ option: CURLoption, _ value: String) {
        accept(earshot_curl_set_string(raw, option, value), option)
    }

    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
        accept(earshot_curl_set_pointer(raw, option, value), option)
    }

    /// Makes the next request a POST of `body`, which libcurl copies; without one, a GET.
    func post(_ body: [UInt8]?) {
        guard let body else { return set(CURLOPT_HTTPGET, 1) }
        set(CURLOPT_POST, 1)
        set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
        body.withUnsafeBytes { bytes in
            // Only read, though the wrapper's type cannot say so; an empty array may have no base.
            let address = UnsafeMutableRawPointer(mutating: bytes.baseAddress) ?? raw
            set(CURLOPT_COPYPOSTFIELDS, address)
        }
    }

    /// libcurl keeps the pointer: the list has to outlive the transfer.
    func set(_ option: CURLoption, _ list: borrowing StringList) {
        accept(earshot_curl_set_list(raw, option, list.first), option)
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        return earshot_curl_get_long(raw, info, &value) == CURLE_OK ? value : 0
    }

    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return earshot_curl_get_offset(raw, info, &value) == CURLE_OK ? Int(value) : 0
    }

    /// Nil where there is none, which libcurl tells as NULL or as an empty text.
    func string(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        guard earshot_curl_get_string(raw, info, &value) == CURLE_OK, let value, value.pointee != 0
        else { return nil }
        return String(cString: value)
    }

    /// libcurl's words on the failure of the last transfer.
    func explanation(of code: CURLcode) -> String {
        String(cString: message.pointee == 0 ? curl_easy_strerror(code) : UnsafePointer(message))
    }

    private func accept(_ code: CURLcode, _ option: CURLoption) {
        precondition(code == CURLE_OK, "libcurl refused option \(option.rawValue)")
    }
}

/// A `curl_slist`, freed when its owner goes.
struct StringList: ~Copyable {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    /// Appends a copy of a NUL-terminated line.
    mutating func append(_ line: [CChar]) {
        guard let longer = curl_slist_append(first, line) else { fatalError("out of memory") }
        first = longer
    }

    deinit { curl_slist_free_all(first) }
}
