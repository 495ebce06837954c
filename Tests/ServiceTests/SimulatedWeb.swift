import EarshotDomain
import EarshotStore
import EarshotTransport
import Synchronization

/// A thousand feeds on sixty hosts that answer by a clock, with the faults that the real ones have.
///
/// Every source has a rhythm of its own, told from its number, so that any two looks at one moment
/// see the same.
final class SimulatedWeb: Sendable {
    /// One request as the servers saw it.
    struct Request: Hashable, Sendable {
        let at: Timestamp
        let host: String
        let path: String
        let status: Int
    }

    static let start = Timestamp(seconds: 1_790_000_000)
    /// The busiest host has 121 sources, another 61; the rest are shared out evenly.
    static let hosts = (0..<60).map { "h\($0).test.invalid" }
    /// This one answers 429 for a while, and asks to be left alone for as long.
    static let crossHost = "h7.test.invalid"
    static let crossFrom = start + .hours(6)
    static let crossFor = Duration.minutes(30)

    static let sources = (0..<1_000).map { number in
        SourceDeclaration(
            key: "s\(number + 1_000)", name: "Source \(number)",
            url: "http://\(hosts[host(of: number)])/\(number)", kind: .news)
    }

    private static func host(of number: Int) -> Int {
        number < 120 ? 0 : number < 180 ? 1 : number % 60
    }

    private let clock: ReplayedTime
    private let seen = Mutex<[Request]>([])

    /// What it takes for now.
    typealias ReplayedTime = @Sendable () -> Timestamp

    init(clock: @escaping ReplayedTime) {
        self.clock = clock
    }

    /// By time, then by host and path; what happens at one moment has no order.
    var requests: [Request] {
        seen.withLock { $0 }.sorted { ($0.at, $0.host, $0.path) < ($1.at, $1.host, $1.path) }
    }

    func answer(_ request: FetchRequest) async throws -> FetchResponse {
        let now = clock()
        let parts = request.url.split(separator: "/")
        let (host, path) = (String(parts[1]), String(parts[2]))
        let number = Int(path.filter(\.isNumber)) ?? 0
        // Answers come in another order than the questions.
        for _ in 0..<(number * 7 % 5) { await Task.yield() }
        do {
            let response = try answer(request, host, path, number, now)
            note(Request(at: now, host: host, path: path, status: response.status))
            return response
        } catch {
            note(Request(at: now, host: host, path: path, status: error.status ?? 0))
            throw error
        }
    }

    private func note(_ request: Request) {
        seen.withLock { $0.append(request) }
    }

    private func answer(
        _ request: FetchRequest, _ host: String, _ path: String, _ number: Int, _ now: Timestamp
    ) throws(TransportError) -> FetchResponse {
        if host == Self.crossHost, now >= Self.crossFrom, now < Self.crossFrom + Self.crossFor {
            throw TransportError(
                url: request.url, reason: .rateLimited,
                advice: .retry(
                    after: RetryAfter(text: "\(Self.crossFor.components.seconds)")), status: 429,
                detail: "status 429")
        }
        switch number % 100 {
        case 41: throw TransportError(url: request.url, reason: .gone, status: 410, detail: "410")
        case 42: throw TransportError(url: request.url, reason: .timeout, detail: "too slow")
        default: return document(request, path, number, now)
        }
    }

    /// The ten newest entries; every tenth source knows no validators, every hundredth has moved.
    private func document(
        _ request: FetchRequest, _ path: String, _ number: Int, _ now: Timestamp
    ) -> FetchResponse {
        // Between an entry in twenty minutes and one in two days.
        let period = Int64(1_200 + number * 7_919 % 171_600)
        let newest = now.milliseconds / 1_000 / period
        let etag = "\"\(newest)\""
        let moved = "http://\(Self.hosts[number % 59])/new\(number)"
        let movedTo = number % 100 == 43 && !path.hasPrefix("new") ? moved : nil
        let url = movedTo ?? request.url
        guard number % 10 == 5 || request.etag != etag else {
            return FetchResponse(
                url: url, status: 304, movedTo: movedTo, headers: [HeaderField("ETag", etag)])
        }
        let items = (0..<Int64(10)).map { back in
            """
            <item><guid>\(number)-\(newest - back)</guid><title>Entry \(newest - back)</title>\
            <pubDate>\((newest - back) * period)</pubDate></item>
            """
        }
        let text = "<rss version=\"2.0\"><channel>\(items.joined())</channel></rss>"
        return FetchResponse(
            url: url, status: 200, movedTo: movedTo,
            headers: number % 10 == 5 ? [] : [HeaderField("ETag", etag)], body: Array(text.utf8))
    }
}
