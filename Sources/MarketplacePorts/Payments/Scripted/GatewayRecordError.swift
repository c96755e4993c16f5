public import MarketplaceCore

/// Why a record of a gateway cannot be written or read.
public struct GatewayRecordError: EffectStating, Hashable, CustomStringConvertible {
    /// What went wrong.
    public let reason: String

    /// Makes an error.
    public init(_ reason: String) {
        self.reason = reason
    }

    /// Nothing was appended.
    public var effect: EffectOutcome { .notApplied }
    /// What went wrong.
    public var description: String { "gateway record: \(reason)" }
}
