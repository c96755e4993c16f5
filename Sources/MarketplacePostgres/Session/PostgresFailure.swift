/// What PostgreSQL, or the way to it, said when it could not do something.
public struct PostgresFailure: Error, Hashable {
    /// What kind of failure: an SQLSTATE of five characters, or one of the codes below, which are longer.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable text.
        public let text: String

        /// Makes a code: an SQLSTATE, or a driver's own of another length.
        public init(_ text: String) {
            self.text = text
        }

        /// No connection could be made, or the pool was closed; nothing was sent.
        public static let notConnected = Code("not connected")
        /// Too many wait for a connection; nothing was sent.
        public static let overloaded = Code("overloaded")
        /// The connection was lost; what was sent may have taken effect.
        public static let connectionLost = Code("connection lost")
        /// There was no answer in time; what was sent may have taken effect.
        public static let timedOut = Code("timed out")
        /// The calling task was cancelled; what only reads was ended.
        public static let cancelled = Code("cancelled")
        /// What came back cannot be read.
        public static let unreadable = Code("unreadable")

        /// The text.
        public var description: String { text }
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened, for a person.
    public let message: String

    /// Makes a failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// How many characters an SQLSTATE has (SQL standard, ISO/IEC 9075-2, clause 24).
    static let sqlStateLength = 5

    /// The first two characters of the SQLSTATE, which tell its class; nil when the server did not speak.
    var sqlStateClass: Substring? {
        code.text.utf8.count == Self.sqlStateLength ? code.text.prefix(2) : nil
    }

    /// Whether the server refused and the session goes on, as opposed to a session that is of no more use.
    ///
    /// Class 08 is a broken connection, 57P a server that shuts down or ends the session.
    public var isOfServer: Bool {
        guard let sqlStateClass else { return false }
        return sqlStateClass != "08" && !code.text.hasPrefix("57P")
    }
}

extension PostgresFailure: CustomStringConvertible {
    /// The code and the message.
    public var description: String { message.isEmpty ? code.text : "\(code): \(message)" }
}
