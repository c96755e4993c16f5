public import MarketplaceCore

/// Why an index could not be updated or searched.
public struct SearchError: EffectStating, Hashable {
    /// What kind of failure; adapters add their own.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable text of the code.
        public let text: String

        /// Makes a code; adapters prefix theirs with their name.
        public init(_ text: String) {
            self.text = text
        }

        /// A change or a query breaks one of ``SearchLimits``.
        public static let invalid = Code("invalid")
        /// A cursor is damaged, or belongs to another query.
        public static let foreignCursor = Code("foreign cursor")
        /// The index cannot be reached, or is too busy.
        public static let unavailable = Code("unavailable")
        /// The calling task was cancelled.
        public static let cancelled = Code("cancelled")
        /// What is kept cannot be read: it is damaged or of a newer release.
        public static let unreadable = Code("unreadable")
        /// It is not known whether the update took effect; making it again tells.
        public static let outcomeUnknown = Code("outcome unknown")

        /// The text of the code.
        public var description: String { text }
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened, for a person.
    public let message: String
    /// Whether making the same call again may succeed.
    public let isRetriable: Bool

    /// Makes an error; by default all but `invalid`, `foreignCursor` and `unreadable` ones can be retried.
    public init(_ code: Code, _ message: String, isRetriable: Bool? = nil) {
        self.code = code
        self.message = message
        self.isRetriable = isRetriable ?? ![.invalid, .foreignCursor, .unreadable].contains(code)
    }

    /// What is known of the call.
    public var effect: EffectOutcome {
        if code == .outcomeUnknown { return .unknown }
        return isRetriable ? .notApplied : .refused
    }
}

extension SearchError {
    /// What an error of a store says about the index that is kept beside it.
    package init(_ error: StoreError) {
        switch error {
        case .notApplied(let failure) where failure.code == .cancelled:
            self.init(.cancelled, failure.message)
        case .notApplied(let failure) where failure.code == .unreadable:
            self.init(.unreadable, failure.message)
        case .notApplied(let failure):
            self.init(.unavailable, failure.description, isRetriable: failure.isRetriable)
        case .unknown(let failure):
            self.init(.outcomeUnknown, failure.description)
        case .conflict, .invalid:
            self.init(.invalid, error.description)
        }
    }
}

extension SearchError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { message.isEmpty ? code.text : "\(code): \(message)" }
}
