public import MarketplaceCore

/// Why a lock provider could not do its work, or why guarded work ended.
public struct LockError: EffectStating, Hashable {
    /// What kind of failure; adapters add their own.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable text of the code.
        public let text: String

        /// Makes a code; adapters prefix theirs with their name.
        public init(_ text: String) {
            self.text = text
        }

        /// What keeps the locks cannot be reached.
        public static let unavailable = Code("unavailable")
        /// The calling task was cancelled.
        public static let cancelled = Code("cancelled")
        /// Keys, lease or wait are out of their range.
        public static let invalid = Code("invalid")
        /// Somebody else holds a key.
        public static let busy = Code("busy")
        /// The lease ended before the work it guards: whether that work took effect, its fence has decided.
        public static let leaseLost = Code("lease lost")
        /// It is not known whether the call took effect.
        public static let outcomeUnknown = Code("outcome unknown")
        /// What is kept cannot be read: it is damaged or of a newer release.
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

    /// Makes an error; by default all but `invalid` and `unreadable` ones can be retried.
    public init(_ code: Code, _ message: String, isRetriable: Bool? = nil) {
        self.code = code
        self.message = message
        self.isRetriable = isRetriable ?? (code != .invalid && code != .unreadable)
    }

    /// What is known of the call, or of the guarded work.
    public var effect: EffectOutcome {
        switch code {
        case .leaseLost, .outcomeUnknown: .unknown
        default: isRetriable ? .notApplied : .refused
        }
    }
}

extension LockError {
    /// What an error of a store says about the lock that is kept there.
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

extension LockError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { message.isEmpty ? code.text : "\(code): \(message)" }
}
