public import MarketplaceCore

/// Why a payout provider did not answer with a receipt.
public struct PayoutProviderError: EffectStating, Hashable, Codable {
    /// What went wrong, as a stable text that an adapter may extend.
    public struct Code: Sendable, Hashable, Codable, CustomStringConvertible, ExpressibleByStringLiteral {
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

        /// The provider said no: the account is closed, say.
        public static let refused: Code = "refused"
        /// The key was used with other content.
        public static let keyReused: Code = "key reused"
        /// The request could not be sent.
        public static let unreachable: Code = "unreachable"
        /// The request was sent and not answered.
        public static let timedOut: Code = "timed out"
    }

    /// What went wrong.
    public let code: Code
    /// Why, in the provider's words; without personal data.
    public let reason: String
    /// What is known about the money.
    public let effect: EffectOutcome

    /// Makes an error.
    public init(_ code: Code, reason: String = "", effect: EffectOutcome) {
        self.code = code
        self.reason = reason
        self.effect = effect
    }

    /// Whether the same request under the same key may succeed later.
    public var isRetriable: Bool { effect != .refused }

    /// The provider said no: nothing was sent, and asking again does not help.
    public static func refused(_ reason: String) -> PayoutProviderError {
        PayoutProviderError(.refused, reason: reason, effect: .refused)
    }

    /// The key was used with other content.
    public static func keyReused(_ key: IdempotencyKey) -> PayoutProviderError {
        PayoutProviderError(.keyReused, reason: key.text, effect: .refused)
    }

    /// The request could not be sent: nothing happened.
    public static let unreachable = PayoutProviderError(.unreachable, effect: .notApplied)

    /// The request was sent and not answered: nobody knows whether money left.
    public static let timedOut = PayoutProviderError(.timedOut, effect: .unknown)
}

extension PayoutProviderError: CustomStringConvertible {
    /// The code and the reason.
    public var description: String {
        reason.isEmpty ? "payout provider: \(code)" : "payout provider: \(code): \(reason)"
    }
}
