public import MarketplaceCore
public import MarketplaceDomain

/// A saved payment method as its owner sees it; its token is not among what is seen.
public struct SavedPaymentMethod: Sendable, Hashable {
    /// What names it.
    public let id: PaymentMethodID
    /// How it is shown.
    public let label: PaymentMethodLabel
    /// Whether it is the one that is used when no other is chosen.
    public let isDefault: Bool
    /// When it was saved.
    public let addedAt: Timestamp
}

/// How a call about saved payment methods ended when it did not succeed.
public typealias PaymentMethodError = PaymentServiceError<PaymentMethodRefusal>
