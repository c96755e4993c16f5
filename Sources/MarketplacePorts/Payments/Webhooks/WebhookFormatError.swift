public import MarketplaceCore

/// Why the body of a webhook cannot be read.
public struct WebhookFormatError: EffectStating, Hashable, CustomStringConvertible {
    /// What is wrong with it; without personal data.
    public let reason: String

    /// An error with its reason.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// Nothing was changed, and the same body will be refused again.
    public var effect: EffectOutcome { .refused }
    /// What is wrong with it.
    public var description: String { "webhook: \(reason)" }
}
