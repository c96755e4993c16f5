public import MarketplaceCore

/// Why a database could not be opened for stores; it is as it was.
public struct PostgresOpeningError: EffectStating, Hashable {
    /// What kind of reason.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable text of the code.
        public let text: String

        /// Makes a code.
        public init(_ text: String) {
            self.text = text
        }

        /// The server cannot be reached, or does not let us in.
        public static let cannotConnect = Code("cannot connect")
        /// The server is older than ``PostgresDatabase/oldestServer``.
        public static let oldServer = Code("old server")
        /// The database does not keep its texts as UTF-8.
        public static let wrongEncoding = Code("wrong encoding")
        /// A newer release made the tables, in a form this one does not know.
        public static let newerSchema = Code("newer schema")
        /// The tables are missing or older, and the configuration leaves it to others to bring them up to date.
        public static let needsMigration = Code("needs migration")
        /// The server refused what had to be done: the role may make no tables, say.
        public static let refused = Code("refused")

        /// The text of the code.
        public var description: String { text }
    }

    /// What kind of reason it is.
    public let code: Code
    /// What the server or the check said.
    public let message: String

    /// Makes an error.
    public init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// Whether opening it again may succeed although nobody repairs anything.
    public var isRetriable: Bool { code == .cannotConnect }

    /// Nothing was done; trying again helps where the server could not be reached.
    public var effect: EffectOutcome { isRetriable ? .notApplied : .refused }
}

extension PostgresOpeningError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
