import MarketplaceCore
import MarketplaceStorage

extension MessageBusLaws {
    /// A delivery that is not settled comes again.
    public static let unsettledMessagesComeAgain = MessageBusLaw(
        "bus.at-least-once",
        "A delivery that is not settled within the visibility time-out comes again, with a higher attempt, no sooner."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        try await probe.publish(1...1)
        for attempt in 1...5 {
            _ = try await probe.receiveOne(1, attempt: attempt)
            probe.clock.advance(by: MessageBusProbe.visibility - .milliseconds(1))
            try await probe.demandNothing("it is in somebody's hands for another millisecond")
            probe.clock.advance(by: .milliseconds(1))
        }
        try await probe.settle(try await probe.receiveOne(1, attempt: 6))
    }

    /// What was acknowledged does not come again.
    public static let acknowledgedMessagesStayAway = MessageBusLaw(
        "bus.acknowledged",
        "A message that was acknowledged does not come again, and nothing is kept back behind it."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        try await probe.publish(1...2)
        try await probe.settle(try await probe.receiveOne(1))
        try await probe.settle(try await probe.receiveOne(2))
        for _ in 1...3 {
            probe.clock.advance(by: MessageBusProbe.visibility)
            try await probe.demandNothing("all was acknowledged")
        }
        try await probe.publish(3...3)
        try await probe.settle(try await probe.receiveOne(3, attempt: 1))
    }

    /// A retry comes after its wait.
    public static let retriesWait = MessageBusLaw(
        "bus.retry",
        "A message that is to be retried comes again after the wait that was asked for, however long, and not before."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        try await probe.publish(1...1)
        var attempt = 1
        for wait in [Duration.milliseconds(5), .seconds(5), MessageBusProbe.visibility * 3] {
            try await probe.settle(try await probe.receiveOne(1, attempt: attempt), as: .retry(after: wait))
            attempt += 1
            probe.clock.advance(by: wait - .milliseconds(1))
            try await probe.demandNothing("its wait has a millisecond left")
            probe.clock.advance(by: .milliseconds(1))
        }
        try await probe.settle(try await probe.receiveOne(1, attempt: attempt))
    }

    /// A settlement that comes too late does not count.
    public static let staleSettlementsDoNotCount = MessageBusLaw(
        "bus.stale-settlement",
        "The settlement of a delivery that was settled or timed out is reported as not held and changes nothing."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        try await probe.publish(1...2)
        let stale = try await probe.receiveOne(1, attempt: 1)
        probe.clock.advance(by: MessageBusProbe.visibility)
        let settlements: [MessageSettlement] = [.acknowledge, .retry(after: .zero), .deadLetter(reason: "late")]
        for settlement in settlements { try await demandNotHeld(stale, as: settlement, probe) }
        let current = try await probe.receiveOne(1, attempt: 2)
        for settlement in settlements { try await demandNotHeld(stale, as: settlement, probe) }
        try await probe.demandNothing("the second delivery is not settled")
        try await probe.settle(current)
        for settlement in settlements {
            try await demandNotHeld(stale, as: settlement, probe)
            try await demandNotHeld(current, as: settlement, probe)
        }
        try await probe.settle(try await probe.receiveOne(2, attempt: 1))
        try await probe.demandNothing("all was acknowledged")
    }

    private static func demandNotHeld(
        _ delivery: MessageDelivery,
        as settlement: MessageSettlement,
        _ probe: MessageBusProbe
    ) async throws {
        let outcome = try await probe.bus.settle(delivery, as: settlement)
        try LawBreach.unlessEqual(outcome, .notHeld, "settling \(delivery.summary) too late as \(settlement)")
    }
}
