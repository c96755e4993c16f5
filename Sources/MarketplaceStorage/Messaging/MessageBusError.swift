public import MarketplaceCore

/// Why a bus could not do its work.
public struct MessageBusError: EffectStating, Hashable {
    /// What kind of failure; adapters add their own.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable text of the code.
        public let text: String

        /// Makes a code; adapters prefix theirs with their name.
        public init(_ text: String) {
            self.text = text
        }

        /// The bus cannot be reached, or is shutting down.
        public static let unavailable = Code("unavailable")
        /// The bus did not answer in time.
        public static let timedOut = Code("timed out")
        /// The calling task was cancelled.
        public static let cancelled = Code("cancelled")
        /// A queue of the bus is full.
        public static let full = Code("full")
        /// The group has not subscribed.
        public static let notSubscribed = Code("not subscribed")
        /// A limit or a count is out of its range, or the message is too large for the bus.
        public static let invalid = Code("invalid")

        /// The text of the code.
        public var description: String { text }
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened, for a person.
    public let message: String
    /// Whether making the same call again may succeed.
    public let isRetriable: Bool
    /// What is known of the call.
    public let effect: EffectOutcome

    /// Makes an error.
    ///
    /// By default all but `notSubscribed` and `invalid` can be retried, and the effect of a call that was not
    /// answered in time is unknown.
    public init(_ code: Code, _ message: String, isRetriable: Bool? = nil, effect: EffectOutcome? = nil) {
        let canPass = isRetriable ?? (code != .notSubscribed && code != .invalid)
        self.code = code
        self.message = message
        self.isRetriable = canPass
        self.effect = effect ?? (code == .timedOut ? .unknown : canPass ? .notApplied : .refused)
    }
}

extension MessageBusError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { message.isEmpty ? code.text : "\(code): \(message)" }
}
