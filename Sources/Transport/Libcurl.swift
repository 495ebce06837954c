import CCurl

/// The library as a whole.
enum Libcurl {
    /// Sets it up, once in a process; without this the first handle would, which is not safe with
    /// threads.
    static func start() { _ = isStarted }

    private static let isStarted: Bool = {
        // Bodies of megabytes come and go. The C library would learn from the first of them to keep
        // such pieces; this way each goes back to the system when it is freed.
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
        return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
    }()
}
