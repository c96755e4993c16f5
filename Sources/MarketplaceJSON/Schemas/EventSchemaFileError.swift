public import MarketplaceCore

/// Why a file is not the schema of an event.
public struct EventSchemaFileError: EffectStating, Hashable {
    /// What is wrong with it.
    public let reason: String

    /// An error with that reason.
    public init(reason: String) {
        self.reason = reason
    }

    /// Nothing was changed, and the same file will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension EventSchemaFileError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String { "not the schema of an event: \(reason)" }
}
