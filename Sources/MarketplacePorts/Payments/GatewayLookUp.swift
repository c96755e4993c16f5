/// What became of a request, as the gateway itself remembers.
public enum GatewayLookUp: Sendable, Hashable {
    /// The gateway has done it and given this receipt.
    case performed(GatewayReceipt)
    /// The gateway has refused it for this reason.
    case refused(PaymentGatewayError)
    /// The gateway has it and has not decided yet: look again.
    case pending
    /// The gateway has never seen it; a request still under way may arrive later.
    case neverSeen
}
