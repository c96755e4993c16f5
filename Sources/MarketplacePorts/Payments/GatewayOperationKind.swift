/// The kinds of request that a payment gateway answers.
public enum GatewayOperationKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Setting an amount aside.
    case authorize
    /// Taking what was set aside.
    case capture
    /// Setting free what was not taken.
    case void
    /// Giving back what was taken.
    case refund
}

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
