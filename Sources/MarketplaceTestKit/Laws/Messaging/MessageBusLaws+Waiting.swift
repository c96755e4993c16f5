import MarketplaceCore
import MarketplaceStorage

extension MessageBusLaws {
    /// A message wakes a receiver who waits.
    public static let messagesWake = MessageBusLaw(
        "bus.wakes",
        "A receiver who waits, or begins to wait while something is published, gets it, however the two meet."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        for round in 0..<100 {
            let call: LawCall<[MessageDelivery]>
            if round.isMultiple(of: 2) {
                call = try await probe.waiting()
            } else {
                call = LawCall { try await probe.receive(wait: MessageBusProbe.long) }
                await probe.pace.stagger(round)
            }
            try await probe.publish([round])
            let deliveries = try await probe.pace.end(of: call, looks: 10, "the receiver of round \(round) is woken")
            try LawBreach.unlessEqual(deliveries.map(\.message.name), ["\(round)"], "what the receiver gets")
            for delivery in deliveries { try await probe.settle(delivery) }
        }
    }

    /// What becomes free to deliver wakes a receiver who waits.
    public static let freedMessagesWake = MessageBusLaw(
        "bus.wakes-for-what-is-free",
        "A receiver who waits gets what an acknowledgement, a retry that is due or a time-out sets free."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        try await probe.publish(1...2)
        let first = try await probe.receiveOne(1)
        var call = try await probe.waiting()
        try await probe.settle(first)
        var deliveries = try await probe.pace.end(of: call, looks: 2, "an acknowledgement frees the next of the key")
        try LawBreach.unlessEqual(deliveries.map(\.message.name), ["2"], "what the receiver gets")

        call = try await probe.waiting()
        probe.clock.advance(by: MessageBusProbe.visibility)
        deliveries = try await probe.pace.end(of: call, looks: 2, "a time-out frees the message")
        try LawBreach.unlessEqual(deliveries.map(\.attempt), [2], "the attempt of what the receiver gets")

        for delivery in deliveries { try await probe.settle(delivery, as: .retry(after: .seconds(5))) }
        call = try await probe.waiting()
        probe.clock.advance(by: .seconds(5))
        deliveries = try await probe.pace.end(of: call, looks: 2, "a retry that is due frees the message")
        try LawBreach.unlessEqual(deliveries.map(\.attempt), [3], "the attempt of what the receiver gets")
    }

    /// A wait for nothing ends.
    public static let waitsEnd = MessageBusLaw(
        "bus.wait-ends",
        "A receive that waits in vain ends with nothing at its deadline, not before; without a wait it ends at once."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        let immediate = LawCall { try await probe.receive() }
        let nothing = try await probe.pace.end(of: immediate, looks: 0, "an answer while the clock stands still")
        try LawBreach.unlessEqual(nothing, [], "what comes from an empty bus")
        let start = probe.pace.now
        let others = probe.clock.sleeperCount
        let call = LawCall { (try await probe.receive(wait: .seconds(5)), probe.pace.now) }
        try await probe.pace.untilAsleep(call, besides: others)
        probe.clock.advance(by: .milliseconds(4_999))
        await probe.pace.breathe()
        probe.clock.advance(by: .milliseconds(1))
        let (deliveries, end) = try await probe.pace.end(of: call, "an answer at the deadline")
        try LawBreach.unlessEqual(deliveries, [], "what comes from an empty bus")
        try LawBreach.unless(end - start >= .seconds(5), "an answer not before 5 s", found: "after \(end - start)")
    }

    /// A receiver that is cancelled takes no message away.
    public static let cancelledReceiversLoseNothing = MessageBusLaw(
        "bus.cancelled-receive",
        "A receive that is cancelled ends, and whatever is published meanwhile comes, after a time-out at the latest."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        var taken: Set<String> = []
        for round in 0..<100 {
            // What an earlier round has left would be there before the receiver waits.
            for delivery in try await probe.receive() {
                try await probe.settle(delivery)
                taken.insert(delivery.message.name)
            }
            let call = try await probe.waiting()
            let publication = LawCall { try await probe.publish([round], key: try MessageKey("\(round)")) }
            // Whether the cancellation comes before, while or after the message is handed over is left to chance.
            await probe.pace.stagger(round)
            call.cancel()
            _ = try await probe.pace.end(of: publication, looks: 0, "the publication of round \(round) ends")
            do {
                let deliveries = try await probe.pace.end(of: call, "the cancelled receive of round \(round) ends")
                for delivery in deliveries {
                    try await probe.settle(delivery)
                    taken.insert(delivery.message.name)
                }
            } catch let error as MessageBusError {
                try LawBreach.unlessEqual(error.code, .cancelled, "why a cancelled receive failed")
            }
        }
        let late = try await probe.drain()
        taken.formUnion(late)
        let missing = (0..<100).filter { !taken.contains("\($0)") }
        try LawBreach.unlessEqual(missing, [], "the messages that never came")
    }
}
