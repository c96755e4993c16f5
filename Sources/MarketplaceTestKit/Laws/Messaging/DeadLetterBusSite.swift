public import MarketplaceStorage

/// A ``MessageBusSite`` whose bus keeps its dead letters: what ``DeadLetterBusLaws`` are checked on.
public struct DeadLetterBusSite: Sendable {
    let site: MessageBusSite
    let bus: any DeadLetterBus

    /// Describes a bus; the parameters are those of ``MessageBusSite``.
    public init(
        _ bus: any DeadLetterBus,
        store: any Store,
        clock: ManualClock,
        attention: Duration = .zero,
        patience: Duration = MessageBusSite.defaultPatience
    ) {
        site = MessageBusSite(bus, store: store, clock: clock, attention: attention, patience: patience)
        self.bus = bus
    }
}
