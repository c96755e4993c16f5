/// Why a store could not do its work: an operating error, not a refusal.
public struct StoreFailure: Error, Hashable {
    /// What kind of failure; adapters add their own.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable text of the code.
        public let text: String

        /// Makes a code; adapters prefix theirs with their name.
        public init(_ text: String) {
            self.text = text
        }

        /// The store cannot be reached, or is shutting down.
        public static let unavailable = Code("unavailable")
        /// The store did not answer in time.
        public static let timedOut = Code("timed out")
        /// The calling task was cancelled.
        public static let cancelled = Code("cancelled")
        /// The store is too busy to take the call.
        public static let overloaded = Code("overloaded")
        /// What is stored cannot be read: it is damaged or of a newer release.
        public static let unreadable = Code("unreadable")

        /// The text of the code.
        public var description: String { text }
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened, for a person.
    public let message: String
    /// Whether making the same call again may succeed.
    public let isRetriable: Bool

    /// Makes a failure; by default all but `unreadable` ones can be retried.
    public init(_ code: Code, _ message: String, isRetriable: Bool? = nil) {
        self.code = code
        self.message = message
        self.isRetriable = isRetriable ?? (code != .unreadable)
    }
}

extension StoreFailure: CustomStringConvertible {
    /// The code and the message.
    public var description: String { message.isEmpty ? code.text : "\(code): \(message)" }
}
