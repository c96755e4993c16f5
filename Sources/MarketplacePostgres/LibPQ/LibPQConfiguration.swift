#if LibPQ
import CMarketplaceLibPQ

/// Where a PostgreSQL server is, who we are there, and how long we wait for it.
///
/// What is not given here is taken from where libpq takes it: the variables `PGHOST`, `PGSSLMODE` and so on, the
/// password file, the service file (PostgreSQL documentation, chapter "libpq", sections "Database Connection Control
/// Functions" and "Environment Variables"). Whatever prints a configuration prints no password.
///
/// A connection pooler between us and the server must pool sessions (PgBouncer: `pool_mode = session`). One that pools
/// transactions or statements is not supported: prepared statements, `LISTEN` and settings belong to a session.
public struct LibPQConfiguration: Sendable, Hashable {
    /// libpq's parameters by keyword, as they were given.
    private var parameters: [String: String]

    /// The security of the transport.
    public var transport = LibPQTransport()
    /// Which of several servers is accepted: one that takes writes, by default.
    public var target = LibPQTarget.readWrite
    /// What the server shows as the name of the application (`pg_stat_activity`); at most 63 bytes are kept.
    public var applicationName = "swift-marketplace"
    /// Settings of each session, by name, as with `-c name=value`; with any, the variable `PGOPTIONS` is not looked at.
    public var settings: [String: String] = [:]

    /// How long one attempt to connect may take, with all servers it tries.
    ///
    /// 5 seconds, far more than a server that is there needs. Looking up a name is not part of it: the system's
    /// resolver has limits of its own.
    public var connectTimeOut = Duration.seconds(5)
    /// How long one call may take with all its statements, before it is given up and its connection dropped.
    ///
    /// 30 seconds, far more than any of this package's own takes.
    public var callTimeOut = Duration.seconds(30)

    /// Reads a connection string.
    ///
    /// It is `postgres://user:password@host:port/database?sslmode=verify-full`, or keywords and values as in
    /// `host=… dbname=…`.
    ///
    /// - Throws: ``PostgresFailure/Code/notConnected`` when it cannot be read. What is wrong with it is not told: it may
    ///   hold a password, in the wrong place.
    public init(_ connectionString: String) throws(PostgresFailure) {
        guard !connectionString.utf8.contains(0), let parameters = LibPQParameters.parsed(connectionString),
            LibPQParameters.arePlausible(parameters)
        else {
            throw PostgresFailure(.notConnected, "the connection string cannot be read")
        }
        self.parameters = parameters
        // A string may name what has a property of its own.
        if let name = self.parameters.removeValue(forKey: "application_name") { applicationName = name }
        if let target = self.parameters.removeValue(forKey: "target_session_attrs") {
            self.target = LibPQTarget(name: target)
        }
        transport.take(from: &self.parameters)
    }

    /// Names a server.
    ///
    /// - Parameters:
    ///   - host: A name, an address, or the folder of a Unix socket.
    ///   - port: Its port.
    ///   - database: The database.
    ///   - user: The role.
    ///   - password: Its password, where it needs one.
    public init(host: String, port: UInt16 = 5432, database: String, user: String, password: String? = nil) {
        parameters = ["host": host, "port": String(port), "dbname": database, "user": user]
        parameters["password"] = password
    }

    /// All keywords and values for libpq.
    var keywordsAndValues: [(String, String)] {
        var all = parameters
        all["application_name"] = applicationName
        all["target_session_attrs"] = target.name
        transport.add(to: &all)
        // Our texts are UTF-8, whatever the database or the environment would have.
        all["client_encoding"] = "UTF8"
        let options = settings.sorted { $0.key < $1.key }.map { "-c \(Self.escaped("\($0.key)=\($0.value)"))" }
        all["options"] = ([all["options"]].compactMap(\.self) + options).joined(separator: " ")
        return all.sorted { $0.key < $1.key }
    }

    /// An option as one word (PostgreSQL documentation, `options`): spaces and backslashes behind a backslash.
    private static func escaped(_ option: String) -> String {
        option.reduce(into: "") { escaped, character in
            if character == " " || character == "\\" { escaped.append("\\") }
            escaped.append(character)
        }
    }
}

extension LibPQConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Role, server and database; no password.
    public var description: String {
        let user = parameters["user"] ?? "", host = parameters["host"] ?? parameters["hostaddr"] ?? ""
        return "postgres://\(user)@\(host):\(parameters["port"] ?? "")/\(parameters["dbname"] ?? "")"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// What `dump` shows: no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["server": description]) }
}
#endif
