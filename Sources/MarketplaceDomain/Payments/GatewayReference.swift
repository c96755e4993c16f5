public import MarketplaceCore

/// What a ``GatewayReference`` names.
public enum GatewayReferenceSubject {}

/// What a payment gateway calls one authorization.
public typealias GatewayReference = TextKey<GatewayReferenceSubject>
