public import MarketplaceCore

/// Why a payment gateway did not answer with a receipt.
public struct PaymentGatewayError: EffectStating, Hashable, Codable {
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

        /// The gateway or the bank said no.
        public static let declined: Code = "declined"
        /// The amount or the state of the payment does not allow it.
        public static let notAllowed: Code = "not allowed"
        /// The key was used with other content.
        public static let keyReused: Code = "key reused"
        /// The request could not be sent.
        public static let unreachable: Code = "unreachable"
        /// The request was sent and not answered.
        public static let timedOut: Code = "timed out"
    }

    /// What went wrong.
    public let code: Code
    /// Why, in the gateway's words; without personal data.
    public let reason: String
    /// What is known about the effect of the request.
    public let effect: EffectOutcome

    /// Makes an error.
    public init(_ code: Code, reason: String = "", effect: EffectOutcome) {
        self.code = code
        self.reason = reason
        self.effect = effect
    }

    /// Whether the same request under the same key may succeed later.
    public var isRetriable: Bool { effect != .refused }

    /// The gateway or the bank said no: nothing happened, and asking again does not help.
    public static func declined(_ reason: String) -> PaymentGatewayError {
        PaymentGatewayError(.declined, reason: reason, effect: .refused)
    }

    /// The amount or the state of the payment does not allow it.
    public static func notAllowed(_ reason: String) -> PaymentGatewayError {
        PaymentGatewayError(.notAllowed, reason: reason, effect: .refused)
    }

    /// The key was used with other content: what that content has done is for ``PaymentGateway/lookUp(_:)`` to tell.
    public static func keyReused(_ key: IdempotencyKey) -> PaymentGatewayError {
        PaymentGatewayError(.keyReused, reason: key.text, effect: .unknown)
    }

    /// The request could not be sent: nothing happened.
    public static let unreachable = PaymentGatewayError(.unreachable, effect: .notApplied)

    /// The request was sent and not answered: nobody knows what happened.
    public static let timedOut = PaymentGatewayError(.timedOut, effect: .unknown)
}

extension PaymentGatewayError: CustomStringConvertible {
    /// The code and the reason.
    public var description: String {
        reason.isEmpty ? "payment gateway: \(code)" : "payment gateway: \(code): \(reason)"
    }
}
