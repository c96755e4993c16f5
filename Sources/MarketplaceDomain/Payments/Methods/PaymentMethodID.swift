public import MarketplaceCore

/// What a ``PaymentMethodID`` names.
public enum PaymentMethodSubject {}

/// Names a saved payment method.
public typealias PaymentMethodID = Identifier<PaymentMethodSubject>
