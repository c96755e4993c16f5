public import MarketplaceDomain

/// A part of what a payment gateway says it has moved.
public struct GatewayStatementPage: Sendable, Hashable {
    /// The movements.
    public let movements: [PaymentMovement]
    /// Where the next page begins; nil when this is the last one.
    public let next: String?

    /// A page of these parts.
    public init(movements: [PaymentMovement], next: String?) {
        self.movements = movements
        self.next = next
    }
}
