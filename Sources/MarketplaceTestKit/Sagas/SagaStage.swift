public import MarketplaceSagas
public import MarketplaceStorage

/// What the trials of a saga are run on.
public struct SagaStage<State: SagaState>: Sendable {
    let codec: any PayloadCodec
    let makeStore: @Sendable (ManualClock) -> any Store
    let makeScene: @Sendable () -> SagaScene<State>

    /// What the trials of a saga are run on.
    ///
    /// - Parameters:
    ///   - codec: How states and outputs are written.
    ///   - store: Makes an empty store on a clock.
    ///   - scene: Makes the saga and a new world.
    public init(
        codec: any PayloadCodec,
        store: @escaping @Sendable (ManualClock) -> any Store,
        scene: @escaping @Sendable () -> SagaScene<State>
    ) {
        self.codec = codec
        makeStore = store
        makeScene = scene
    }
}
