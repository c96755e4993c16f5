public import MarketplaceCore
public import MarketplacePorts

/// Why a report cannot be made.
public enum PaymentReconcilerError: EffectStating, Hashable {
    /// What is recorded here cannot be read.
    case here(PaymentError)
    /// The gateway's statement cannot be read.
    case there(PaymentGatewayError)

    /// Nothing was changed; the report can be asked for again.
    public var effect: EffectOutcome { .notApplied }
}

extension PaymentReconcilerError: CustomStringConvertible {
    /// What cannot be read.
    public var description: String {
        switch self {
        case .here(let error): "our payments cannot be read: \(error)"
        case .there(let error): "the gateway's statement cannot be read: \(error)"
        }
    }
}
