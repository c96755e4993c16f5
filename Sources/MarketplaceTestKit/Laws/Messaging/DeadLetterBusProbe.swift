import MarketplaceStorage

/// What a law of dead letters works with: a probe of the bus, and the list of dead letters.
struct DeadLetterBusProbe: Sendable {
    let probe: MessageBusProbe
    let bus: any DeadLetterBus
}

extension Law where Subject == DeadLetterBusSite {
    /// Makes a law whose body works with a probe.
    init(
        _ name: String,
        _ statement: String,
        probing body: @escaping @Sendable (DeadLetterBusProbe) async throws -> Void
    ) {
        self.init(name, statement) { subject, history in
            let probe = MessageBusProbe(subject.site, history: history)
            try await body(DeadLetterBusProbe(probe: probe, bus: subject.bus))
        }
    }
}
