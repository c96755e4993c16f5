public import MarketplaceCore
public import MarketplaceDomain

/// What a ``GatewayEventID`` names.
public enum GatewayEventSubject {}

/// What a gateway calls one notice: the same however often it sends it.
public typealias GatewayEventID = TextKey<GatewayEventSubject>

/// That a gateway has done or refused something, as one of its webhooks tells.
///
/// It comes at least once, in any order, and before or after the answer to the request itself.
public struct GatewayNotice: Sendable, Hashable, Codable {
    /// Which payment a notice is about.
    public enum Subject: Sendable, Hashable, Codable {
        /// The payment of that id: what the marketplace gave the gateway.
        case payment(PaymentID)
        /// The payment that the gateway calls so.
        case reference(GatewayReference)
    }

    /// What the gateway calls the notice.
    public let event: GatewayEventID
    /// Which payment it is about.
    public let subject: Subject
    /// What was done or refused.
    public let kind: PaymentOperationKind
    /// Whether it was done; otherwise it was refused.
    public let isPerformed: Bool
    /// What names the request at the gateway, if the notice says so.
    public let key: IdempotencyKey?
    /// How much was moved, if the notice says so.
    public let amount: Money?
    /// What the gateway calls the payment, if the notice says so.
    public let reference: GatewayReference?
    /// When the gateway says it happened.
    public let at: Timestamp

    /// A notice of these parts.
    public init(
        event: GatewayEventID,
        subject: Subject,
        kind: PaymentOperationKind,
        isPerformed: Bool = true,
        key: IdempotencyKey? = nil,
        amount: Money? = nil,
        reference: GatewayReference? = nil,
        at: Timestamp
    ) {
        self.event = event
        self.subject = subject
        self.kind = kind
        self.isPerformed = isPerformed
        self.key = key
        self.amount = amount
        self.reference = reference
        self.at = at
    }
}
