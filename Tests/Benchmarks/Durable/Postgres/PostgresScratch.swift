#if LibPQ
/// A database that is dropped when nobody holds it any more.
final class PostgresScratch: Sendable {
    let name: String
    let url: String
    private let server: PostgresServer

    /// Makes an empty database, or a copy of another, whose connections are closed.
    init(on server: PostgresServer, copying original: PostgresScratch? = nil) throws {
        let name = "marketplace_bench_\(UInt64.random(in: 0...UInt64.max))"
        let link = try PostgresLink(server.url)
        if let original {
            try Self.copy(original, to: name, on: link)
        } else {
            try link.rows("create database \(name)")
        }
        self.name = name
        self.server = server
        url = server.address(of: name)
    }

    /// A database that is copied has no connections; a pool opens new ones when it needs them, and for a moment yet to
    /// tell of the last commits.
    private static func copy(_ original: PostgresScratch, to name: String, on link: PostgresLink) throws {
        let others = "from pg_stat_activity where datname = '\(original.name)'"
        func attempt() throws {
            try link.rows("select pg_terminate_backend(pid, 5000) \(others)")
            try link.rows("create database \(name) template \(original.name)")
        }
        for _ in 1..<copyAttempts {
            if (try? attempt()) != nil { return }
        }
        try attempt()
    }

    private static let copyAttempts = 10

    deinit {
        // A server that is gone has nothing left to be dropped.
        _ = try? PostgresLink(server.url).rows("drop database \(name) with (force)")
    }

    /// A connection to it.
    func link() throws -> PostgresLink { try PostgresLink(url) }
}
#endif
