import ArgumentParser
import EarshotDomain
import EarshotService
import EarshotStore
import EarshotWire

struct DecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Filter: requests in, decisions out, each logged.",
        discussion: """
            Reads {"id","customer","at"?} and answers with what goes out to the customer, or \
            nothing, and why: rule, action, propensity, candidates with parts that add up. Without \
            "at", --now counts. The same id again gets the same decision. Uses the store that \
            --config names.
            """)

    @OptionGroup var clock: ClockOptions
    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let now = clock.moment
        let (customers, store) = try await options.openDesk(now)
        var desk = DecisionDesk(store: store, desk: customers)
        var isBad = false
        for await (number, line) in StandardInput.lines {
            do {
                let request = try Self.request(line, now: now)
                guard let decision = try await desk.decide(request) else {
                    throw LineError(
                        id: JSONWriter.quoted(request.id),
                        reason: "no customer was called '\(request.customer)' "
                            + "at \(request.at.rfc3339)")
                }
                put(decision.contents + "\n")
            } catch let error where error is LineError || error is DecisionConflict {
                let error = error as? LineError ?? LineError(reason: "\(error)")
                isBad = true
                var writer = JSONWriter()
                error.write(line: number, to: &writer)
                put(writer)
            }
        }
        if isBad { throw ExitCode(Failure.Code.badInput.rawValue) }
    }

    private static func request(
        _ line: [UInt8], now: Timestamp
    ) throws(LineError) -> DecisionDesk.Request {
        let json: JSON
        do { json = try JSON(parsing: line) } catch { throw LineError(id: nil, error) }
        guard let id = json["id"]?.string, !id.isEmpty else {
            throw LineError(reason: "'id' is missing or no text")
        }
        let echo = JSONWriter.quoted(id)
        guard let customer = json["customer"]?.string else {
            throw LineError(id: echo, reason: "'customer' is missing or no text")
        }
        guard let given = json["at"] else {
            return DecisionDesk.Request(id: id, customer: customer, at: now)
        }
        guard let text = given.string, let at = Timestamp(rfc3339: text) else {
            throw LineError(id: echo, reason: "'at' is no RFC 3339 time")
        }
        guard at <= now else {
            throw LineError(id: echo, reason: "'at' is later than now, \(now.rfc3339)")
        }
        return DecisionDesk.Request(id: id, customer: customer, at: at)
    }
}
