public import MarketplaceCore

/// The business key of a saga: at most one saga of a definition's name exists per key.
public typealias SagaKey = TextKey<Saga>
