#if LibPQ
import Dispatch
import MarketplacePostgres
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The private servers of the suite: one for all tests, and those that a test starts in order to kill them.
final class PrivateServer: Sendable {
    /// The address of the server of all tests; nil when they are run without one, by something else than their suite.
    static let address = variable("MARKETPLACE_POSTGRES_URL")
    /// What starts others.
    private static let script = variable("MARKETPLACE_POSTGRES_SERVER")

    /// How to connect to the server of all tests.
    static func configuration() throws -> LibPQConfiguration {
        try LibPQConfiguration(#require(address))
    }

    /// A pool of connections to the server of all tests.
    static func pool(maximumConnections: Int = 2) throws -> LibPQPool {
        LibPQPool(try configuration(), limits: LibPQPool.Limits(maximumConnections: maximumConnections))
    }

    /// Stops a process of the server as a machine does that hangs, for as long as `body` runs.
    static func whileHung<Value>(_ process: Int64, _ body: () async throws -> Value) async throws -> Value {
        try #require(Self.signal(process, SIGSTOP) == 0)
        defer { _ = Self.signal(process, SIGCONT) }
        return try await body()
    }

    private static func signal(_ process: Int64, _ number: Int32) -> Int32 {
        #if canImport(Darwin)
        Darwin.kill(pid_t(process), number)
        #elseif canImport(Musl)
        Musl.kill(pid_t(process), number)
        #else
        Glibc.kill(pid_t(process), number)
        #endif
    }

    /// The folder of a server of one test; `tls/ca.crt` in it vouches for a server that speaks TLS.
    let folder: String

    private init(folder: String) {
        self.folder = folder
    }

    /// Runs `body` with a server of its own, which is removed afterwards.
    static func withOwn(speaksTLS: Bool = false, _ body: (PrivateServer, LibPQConfiguration) async throws -> Void)
        async throws
    {
        let name = try #require(mkdtemp(strdup("/tmp/marketplace-postgres-own.XXXXXX")))
        let server = PrivateServer(folder: String(cString: name))
        free(name)
        if speaksTLS { mkdir("\(server.folder)/tls", 0o755) }
        do {
            try await body(server, try LibPQConfiguration(server.run("start")))
        } catch {
            try await server.run("remove")
            throw error
        }
        try await server.run("remove")
    }

    /// Starts it, after it was stopped.
    func start() async throws {
        try await run("start")
    }

    /// Kills it as a power cut would.
    func kill() async throws {
        try await run("stop", "kill")
    }

    /// Stops it at once, as an administrator would in need.
    func stopAtOnce() async throws {
        try await run("stop", "immediate")
    }

    /// Runs the script, and gives the last line of what it prints.
    @discardableResult
    private func run(_ verb: String, _ mode: String = "") async throws -> String {
        let command = "bash '\(try #require(Self.script))' \(verb) '\(folder)' \(mode) 2>&1"
        let (status, line) = await withCheckedContinuation { continuation in
            // A queue of its own, for the threads of the global ones run the tests.
            DispatchQueue(label: "script").async { continuation.resume(returning: Self.output(of: command)) }
        }
        try #require(status == 0, "\(command): \(line)")
        return line
    }

    private static func output(of command: String) -> (status: Int32, lastLine: String) {
        guard let pipe = popen(command, "r") else { return (-1, "") }
        var lastLine = ""
        var buffer: [CChar] = Array(repeating: 0, count: 4_096)
        while fgets(&buffer, Int32(buffer.count), pipe) != nil {
            lastLine = String(
                decoding: buffer.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)),
                as: UTF8.self
            )
        }
        return (pclose(pipe), lastLine)
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

extension Trait where Self == ConditionTrait {
    /// Runs a test only with the private server of the suite.
    static var onPrivateServer: Self {
        .enabled(if: PrivateServer.address != nil, "needs a private server: run Tests/run --only postgres")
    }
}
#endif
