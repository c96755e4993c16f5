public import MarketplaceCore

/// Why a password, a token, a code or a foreign identity could not be handled.
public struct CredentialError: EffectStating, Hashable {
    /// What went wrong, as a stable text that an adapter may extend.
    public struct Code: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
        /// The text.
        public let text: String

        /// Makes a code.
        public init(_ text: String) {
            self.text = text
        }

        /// Makes a code of a literal.
        public init(stringLiteral value: String) {
            self.init(value)
        }

        /// The text.
        public var description: String { text }

        /// What was given is not of the form it must have.
        public static let malformed: Code = "malformed"
        /// The signature or the key is not ours.
        public static let notAuthentic: Code = "not authentic"
        /// It was good until some time ago.
        public static let expired: Code = "expired"
        /// It is of the other kind, such as an access token where a refresh token is asked for.
        public static let wrongKind: Code = "wrong kind"
        /// Too much is asked of it at once; the same call may be made again.
        public static let busy: Code = "busy"
        /// The service behind the port cannot be reached.
        public static let unreachable: Code = "unreachable"
    }

    /// What went wrong.
    public let code: Code
    /// Why, for a person; without secrets and without personal data.
    public let reason: String
    /// What is known about the effect of the call.
    public let effect: EffectOutcome

    /// Makes an error.
    public init(_ code: Code, reason: String = "", effect: EffectOutcome = .refused) {
        self.code = code
        self.reason = reason
        self.effect = effect
    }

    /// Whether the same call may succeed later.
    public var isRetriable: Bool { effect != .refused }
}

extension CredentialError: CustomStringConvertible {
    /// The code and the reason.
    public var description: String { reason.isEmpty ? "credential: \(code)" : "credential: \(code): \(reason)" }
}
