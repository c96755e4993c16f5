public import MarketplaceCore

/// The subject of the ids of sagas.
public enum Saga {}

/// Names one run of a saga.
public typealias SagaID = Identifier<Saga>
