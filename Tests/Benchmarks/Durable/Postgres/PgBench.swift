#if LibPQ
import CMarketplaceLibPQ

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The program pgbench of PostgreSQL, with one client and prepared statements.
struct PgBench: Sendable {
    private static let name = "pgbench"
    /// Where the scripts are, from the folder of the package.
    private static let scripts = "Tests/Benchmarks/Raw/pgbench"
    /// The folders of releases, newest first, where it may lie.
    private static let releases = (14...30).reversed().flatMap { release in
        [
            "/usr/lib/postgresql/\(release)/bin", "/usr/pgsql-\(release)/bin",
            "/opt/homebrew/opt/postgresql@\(release)/bin", "/usr/local/opt/postgresql@\(release)/bin",
        ]
    }

    private let path: String

    init() throws {
        let search = getenv("PATH").map { String(cString: $0) } ?? ""
        // Debian's search path has a script of that name, which looks for the program.
        let folders = Self.releases + search.split(separator: ":").map(String.init)
        guard let folder = folders.first(where: { access("\($0)/\(Self.name)", X_OK) == 0 }) else {
            throw BenchmarkFailure.raw(
                "\(Self.name) is missing; install the package postgresql (Debian) or postgresql-contrib (Fedora)"
            )
        }
        path = "\(folder)/\(Self.name)"
    }

    /// Runs a script so many times, and answers how many nanoseconds that took from when it was connected.
    func run(_ script: String, times: Int, with variables: [String: Int64], on url: String) throws -> Int64 {
        let file = "\(Self.scripts)/\(script).sql"
        guard access(file, R_OK) == 0 else {
            throw BenchmarkFailure.raw("\(file) is missing; run this from the folder of the package")
        }
        let definitions = variables.sorted { $0.key < $1.key }.flatMap { ["-D", "\($0.key)=\($0.value)"] }
        let output = try Self.output(
            of: [path, "--no-vacuum", "--protocol=prepared", "--file=\(file)", "--transactions=\(times)"] + definitions
                + [url]
        )
        guard output.contains("transactions actually processed: \(times)/\(times)\n"),
            let speed = Self.speed(in: output), speed > 0
        else { throw BenchmarkFailure.raw(output) }
        return Int64(Double(times) / speed * 1_000_000_000)
    }

    /// How many transactions it did in a second, by its own clock.
    private static func speed(in output: String) -> Double? {
        guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("tps = ") }) else { return nil }
        return Double(line.dropFirst("tps = ".count).prefix { $0 != " " })
    }

    /// Our own environment, with settings of the session: a script's plans are made once and not for every transaction,
    /// which would be most of its work.
    private static var environment: [String] {
        var texts = ["PGOPTIONS=-c plan_cache_mode=force_generic_plan -c jit=off"]
        var place = environ
        while let text = place.pointee {
            let setting = String(cString: text)
            if !setting.hasPrefix("PGOPTIONS=") { texts.append(setting) }
            place += 1
        }
        return texts
    }

    /// What a program prints, errors included.
    private static func output(of arguments: [String]) throws -> String {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw BenchmarkFailure.raw("no pipe could be made") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
        var words = arguments.map { strdup($0) } + [nil]
        var settings = environment.map { strdup($0) } + [nil]
        defer { for text in words + settings { free(text) } }
        var process = pid_t()
        let code = posix_spawn(&process, arguments[0], &actions, nil, &words, &settings)
        close(ends[1])
        guard code == 0 else { throw BenchmarkFailure.raw("\(arguments[0]) could not be started") }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(ends[0], &part, part.count)
            guard count > 0 else { break }
            bytes += part[..<count]
        }
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return String(decoding: bytes, as: UTF8.self)
    }
}
#endif
