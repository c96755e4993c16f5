public import MarketplaceStorage

/// One of those who bring a purchase about by telling each other what has happened, without anybody who directs them.
///
/// Several processes can run the same participant over the same store.
public protocol ChoreographyParticipant: Sendable {
    /// What joins it to the bus.
    var link: ParticipantLink { get }
}

extension ChoreographyParticipant {
    /// Has the bus keep messages for this participant from now on.
    ///
    /// Let all participants join before any of them publishes, if the bus drops what nobody has subscribed to.
    public func join() async throws(MessageBusError) {
        try await link.bus.subscribe(link.subscription)
    }

    /// Publishes and consumes until drained or cancelled (then it returns).
    ///
    /// Failures that pass are waited out. It can be run once; a second run is a mistake of the caller.
    public func run() async throws(ParticipantError) {
        let link = link
        do throws(MessageBusError) { try await join() } catch { throw .bus(error) }
        let failure = await withTaskGroup(of: ParticipantError?.self) { group in
            group.addTask {
                do throws(OutboxRelayError) { try await link.relay.run() } catch { return .relay(error) }
                return nil
            }
            group.addTask {
                do throws(MessageBusError) { try await link.consumer.run() } catch { return .bus(error) }
                return nil
            }
            var first: ParticipantError?
            for await failure in group {
                if failure != nil { group.cancelAll() }
                first = first ?? failure
            }
            return first
        }
        if let failure { throw failure }
    }

    /// Lets ``run()`` finish what it has in hand and return, and waits for that.
    public func drain() async {
        await link.relay.drain()
        await link.consumer.drain()
    }

    /// Publishes and consumes what there is now, and returns how many messages that were.
    @discardableResult
    public func catchUp() async throws(ParticipantError) -> Int {
        let published: Int
        do throws(OutboxRelayError) { published = try await link.relay.catchUp() } catch { throw .relay(error) }
        do throws(MessageBusError) { return try await published + link.consumer.consumeAvailable() } catch {
            throw .bus(error)
        }
    }

    /// Deletes the ids of messages whose retention is over, and returns how many there were; once a day is enough.
    @discardableResult
    public func sweep() async throws(StoreError) -> Int {
        try await link.inbox.sweep()
    }
}
