public import MarketplaceCore
public import MarketplaceDomain

/// One decided request in the own record of a ``ScriptedPaymentGateway``.
///
/// Requests that never reached the gateway have no entry.
public struct GatewayRecordEntry: Sendable, Hashable, Codable {
    /// The key of the request.
    public let key: IdempotencyKey
    /// For which payment.
    public let payment: PaymentID
    /// What was asked.
    public let kind: GatewayOperationKind
    /// How much was asked for; nil for a void.
    public let requested: Money?
    /// How much was set aside, taken, set free or given back; nil when nothing was.
    public let moved: Money?
    /// Why it was refused; nil when it was done.
    public let refusal: GatewayRefusal?

    /// Makes an entry.
    public init(
        key: IdempotencyKey,
        payment: PaymentID,
        kind: GatewayOperationKind,
        requested: Money? = nil,
        moved: Money? = nil,
        refusal: GatewayRefusal? = nil
    ) {
        self.key = key
        self.payment = payment
        self.kind = kind
        self.requested = requested
        self.moved = moved
        self.refusal = refusal
    }
}

extension GatewayRequest.Operation {
    /// How much is asked for; nil for a void.
    var requested: Money? {
        switch self {
        case .authorize(let amount), .capture(let amount), .refund(let amount): amount
        case .void: nil
        }
    }
}
