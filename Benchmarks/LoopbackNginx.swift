import Foundation

/// nginx on a loopback port, serving a folder until it is stopped; `curl` is its judge.
struct LoopbackNginx {
    let port: Int
    private let process: pid_t

    /// - Parameter root: its own files go to the folder `nginx` in it, made where absent.
    init(serving root: URL, port: Int) throws {
        self.port = port
        let scratch = root.appending(path: "nginx")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        let configuration = scratch.appending(path: "nginx.conf")
        let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
            "  \($0)_temp_path \(scratch.path)/\($0);\n"
        }
        // Its workers would leave root's identity, and with it the way to the folder.
        let user = geteuid() == 0 ? "user root;" : ""
        let text = """
            \(user) daemon off; pid \(scratch.path)/pid; error_log \(scratch.path)/error warn;
            worker_processes 1;
            events { worker_connections 4096; }
            http {
              access_log off; keepalive_requests 100000; default_type application/xml; etag on;
            \(folders.joined())
              server { listen 127.0.0.1:\(port); root \(root.path); }
            }\n
            """
        try text.write(to: configuration, atomically: true, encoding: .utf8)
        process = try ChildProcess(
            ["nginx", "-p", scratch.path, "-e", "\(scratch.path)/error", "-c", configuration.path]
        ).start()
        try waitUntilReady()
    }

    private func waitUntilReady() throws {
        for _ in 0..<50 {
            let probe = ChildProcess(["curl", "-s", "--noproxy", "*", "http://127.0.0.1:\(port)/"])
            if try probe.ended().1 == 0 { return }
            usleep(100_000)
        }
        throw BenchmarkError(description: "nginx does not answer on port \(port)")
    }

    func stop() {
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}
