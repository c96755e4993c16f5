public import MarketplaceCore

/// Names a payment.
public typealias PaymentID = Identifier<Payment>
