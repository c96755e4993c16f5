public import MarketplaceCore

/// Why a carrier did not do what it was asked, or why it is not known.
public struct CarrierError: EffectStating, Hashable {
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

        /// The carrier does not bring it there.
        public static let notServed: Code = "not served"
        /// The key named another booking before.
        public static let keyReused: Code = "key reused"
        /// The carrier could not be reached; nothing happened.
        public static let unreachable: Code = "unreachable"
        /// The carrier did not answer in time; it may have booked.
        public static let timedOut: Code = "timed out"
    }

    /// What went wrong.
    public let code: Code
    /// Why, for a person; without personal data.
    public let reason: String
    /// What is known of the effect.
    public let effect: EffectOutcome

    /// Makes an error.
    public init(_ code: Code, reason: String = "", effect: EffectOutcome) {
        self.code = code
        self.reason = reason
        self.effect = effect
    }

    /// Whether the same call with the same key may succeed.
    public var isRetriable: Bool { effect != .refused }

    /// The carrier could not be reached.
    public static let unreachable = CarrierError(.unreachable, effect: .notApplied)
    /// The carrier did not answer in time.
    public static let timedOut = CarrierError(.timedOut, effect: .unknown)

    /// The carrier refuses.
    public static func notServed(_ reason: String) -> CarrierError {
        CarrierError(.notServed, reason: reason, effect: .refused)
    }
}

extension CarrierError: CustomStringConvertible {
    /// The code and the reason.
    public var description: String { reason.isEmpty ? "carrier: \(code)" : "carrier: \(code): \(reason)" }
}
