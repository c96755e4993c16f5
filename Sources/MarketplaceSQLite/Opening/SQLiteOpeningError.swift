#if SQLite
public import MarketplaceCore

/// Why a file could not be opened as a database of stores; it is as it was.
public struct SQLiteOpeningError: EffectStating, Hashable {
    /// What kind of reason.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable text of the code.
        public let text: String

        /// Makes a code.
        public init(_ text: String) {
            self.text = text
        }

        /// The file is something else than a database of SQLite.
        public static let notADatabase = Code("not a database")
        /// It is a database of somebody else's: it has tables, and not our application id.
        public static let foreignDatabase = Code("foreign database")
        /// A newer release wrote it, in a form this one does not know.
        public static let newerSchema = Code("newer schema")
        /// It is damaged.
        public static let corrupt = Code("corrupt")
        /// It can be read only: the file, its folder or the volume is write-protected.
        public static let readOnly = Code("read-only")
        /// Another process holds it locked for longer than the busy time-out.
        public static let locked = Code("locked")
        /// It cannot be opened or made: there is no such folder, say, or no permission.
        public static let cannotOpen = Code("cannot be opened")
        /// The write-ahead log cannot be used there: on a network file system, say.
        public static let noWriteAheadLog = Code("no write-ahead log")

        /// The text of the code.
        public var description: String { text }
    }

    /// What kind of reason it is.
    public let code: Code
    /// The file.
    public let path: String
    /// What SQLite or the check said.
    public let message: String

    /// Makes an error.
    public init(_ code: Code, path: String, message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    /// Whether opening it again may succeed although nobody repairs anything.
    public var isRetriable: Bool { code == .locked }

    /// Nothing was done; trying again helps where somebody else holds the file.
    public var effect: EffectOutcome { isRetriable ? .notApplied : .refused }
}

extension SQLiteOpeningError: CustomStringConvertible {
    /// The file, the code and the message.
    public var description: String { "\(path): \(code): \(message)" }
}
#endif
