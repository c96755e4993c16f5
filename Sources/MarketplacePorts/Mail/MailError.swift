public import MarketplaceCore

/// Why a mail was not handed over, or may not have been.
public struct MailError: EffectStating, Hashable {
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

        /// The address does not exist, or refuses mail.
        public static let addressRefused: Code = "address refused"
        /// There is no such template, or a value that it needs is missing.
        public static let templateRefused: Code = "template refused"
        /// The service cannot be reached.
        public static let unreachable: Code = "unreachable"
        /// The service did not answer in time.
        public static let timedOut: Code = "timed out"
        /// The service takes no more mail for now.
        public static let overloaded: Code = "overloaded"
    }

    /// What went wrong.
    public let code: Code
    /// What is known about the mail.
    public let effect: EffectOutcome

    /// Makes an error.
    public init(_ code: Code, effect: EffectOutcome) {
        self.code = code
        self.effect = effect
    }

    /// Whether the same call may succeed later.
    public var isRetriable: Bool { effect != .refused }
}

extension MailError: CustomStringConvertible {
    /// The code and what is known.
    public var description: String { "mail: \(code) (\(effect.rawValue))" }
}
