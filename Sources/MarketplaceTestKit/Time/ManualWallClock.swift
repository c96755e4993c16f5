public import MarketplaceCore

/// The wall clock of a ``ManualClock``.
public struct ManualWallClock: WallClock {
    let clock: ManualClock

    /// The wall-clock time.
    public var now: Timestamp { clock.wallTime }
}
