import CCurl

/// The library as a whole.
enum Libcurl {
    /// Sets it up, once in a process; without this the first handle would, which is not safe with
    /// threads.
    static func start() { _ = isStarted }

    private static let isStarted = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
}
