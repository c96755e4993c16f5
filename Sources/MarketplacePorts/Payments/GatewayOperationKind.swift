public import MarketplaceDomain

/// The kinds of request that a payment gateway answers.
public typealias GatewayOperationKind = PaymentOperationKind

extension GatewayRequest.Operation {
    /// Which kind it is.
    public var kind: GatewayOperationKind {
        switch self {
        case .authorize: .authorize
        case .capture: .capture
        case .void: .void
        case .refund: .refund
        }
    }
}
