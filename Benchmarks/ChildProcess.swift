import Foundation

/// A command that could not be measured.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
}

/// What a command cost.
struct Cost {
    /// User and system time, seconds.
    let cpu: Double
    /// From start to end, seconds.
    let wall: Double
    /// Highest resident size, MiB.
    ///
    /// Linux counts what the starting process held, too, so that one must stay small.
    let memory: Double
}

/// Starts a program and waits for its end; its output goes to a file, or nowhere.
struct ChildProcess {
    let arguments: [String]
    var input = "/dev/null"
    var output = "/dev/null"

    init(_ arguments: [String], input: String = "/dev/null", output: String = "/dev/null") {
        self.arguments = arguments
        self.input = input
        self.output = output
    }

    func start() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        var process = pid_t()
        let code = posix_spawnp(&process, arguments[0], &actions, nil, pointers, environ)
        guard code == 0 else {
            throw BenchmarkError(
                description: "cannot start \(arguments[0]): \(String(cString: strerror(code)))")
        }
        return process
    }

    /// Runs it to its end, which must be a good one.
    func run() throws -> Cost {
        let (cost, code) = try ended()
        guard code == 0 else {
            throw BenchmarkError(
                description: "\(arguments.joined(separator: " ")) ended with \(code)")
        }
        return cost
    }

    /// What it cost, and its exit code; -1 where a signal ended it.
    func ended() throws -> (Cost, Int32) {
        let clock = ContinuousClock()
        let begin = clock.now
        let process = try start()
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        let cost = Cost(
            cpu: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
            wall: begin.duration(to: clock.now) / .seconds(1),
            memory: Double(usage.ru_maxrss) / 1_024)
        return (cost, status & 0x7F == 0 ? (status >> 8) & 0xFF : -1)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
