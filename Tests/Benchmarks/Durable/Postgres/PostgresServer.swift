#if LibPQ
/// The server that databases are made on, by the address of one of its databases.
struct PostgresServer: Sendable {
    let url: String

    init(_ url: String) {
        self.url = url
    }

    /// Refuses a server on which a commit is not durable when it is told.
    func checkDurability() throws {
        let link = try PostgresLink(url)
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            let value = try link.rows("show \(setting)").first?.first ?? ""
            guard value == "on" else { throw BenchmarkFailure.raw("\(setting) is \(value) on the server, not on") }
        }
    }

    /// The address of another database of the server.
    func address(of database: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return "\(url) dbname=\(database)" }
        let rest = url[scheme.upperBound...]
        let (head, options) = (rest.prefix { $0 != "?" }, rest.drop { $0 != "?" })
        return "\(url[..<scheme.upperBound])\(head.prefix { $0 != "/" })/\(database)\(options)"
    }
}
#endif
