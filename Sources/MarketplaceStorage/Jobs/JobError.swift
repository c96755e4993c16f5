public import MarketplaceCore

/// Why a job could not be looked at or claimed; what a job itself throws is not among it.
public struct JobError: EffectStating, Hashable {
    /// What kind of failure.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable text of the code.
        public let text: String

        /// Makes a code.
        public init(_ text: String) {
            self.text = text
        }

        /// A job is set up in a way it cannot be run.
        public static let invalid = Code("invalid")
        /// The store or the locks cannot be reached.
        public static let unavailable = Code("unavailable")
        /// The calling task was cancelled.
        public static let cancelled = Code("cancelled")
        /// It is not known whether the claim or the end of a run was stored.
        public static let outcomeUnknown = Code("outcome unknown")
        /// What is kept cannot be read: it is damaged or of a newer release.
        public static let unreadable = Code("unreadable")

        /// The text of the code.
        public var description: String { text }
    }

    /// The job.
    public let job: JobName
    /// What kind of failure it is.
    public let code: Code
    /// What happened, for a person.
    public let message: String
    /// Whether another look may succeed.
    public let isRetriable: Bool

    /// Makes an error; by default all but `invalid` and `unreadable` ones can be retried.
    public init(_ job: JobName, _ code: Code, _ message: String, isRetriable: Bool? = nil) {
        self.job = job
        self.code = code
        self.message = message
        self.isRetriable = isRetriable ?? (code != .invalid && code != .unreadable)
    }

    /// What is known of the claim.
    public var effect: EffectOutcome {
        if code == .outcomeUnknown { return .unknown }
        return isRetriable ? .notApplied : .refused
    }
}

extension JobError {
    init(_ job: JobName, _ error: StoreError) {
        switch error {
        case .notApplied(let failure) where failure.code == .cancelled: self.init(job, .cancelled, failure.message)
        case .notApplied(let failure) where failure.code == .unreadable: self.init(job, .unreadable, failure.message)
        case .notApplied(let failure):
            self.init(job, .unavailable, failure.description, isRetriable: failure.isRetriable)
        case .unknown(let failure): self.init(job, .outcomeUnknown, failure.description)
        // A race that was lost again and again, or a lease that somebody else has been given since: look again.
        case .conflict: self.init(job, .unavailable, error.description)
        case .invalid: self.init(job, .invalid, error.description)
        }
    }

    init(_ job: JobName, _ error: LockError) {
        let code: Code =
            switch error.code {
            case .cancelled: .cancelled
            case .outcomeUnknown: .outcomeUnknown
            case .unreadable: .unreadable
            case .invalid: .invalid
            default: .unavailable
            }
        self.init(job, code, error.description, isRetriable: error.isRetriable)
    }
}

extension JobError: CustomStringConvertible {
    /// The job, the code and the message.
    public var description: String { "job \(job): \(code)" + (message.isEmpty ? "" : ": \(message)") }
}
