package import Marketplace
import Synchronization

/// A flash sale: a crowd, a stock, one moment at which it opens.
package final class Sale: Sendable {
    let plan: SalePlan
    let offers: [Offer]
    /// Where it takes place.
    package let shop: Shop
    let opensAt: Timestamp
    /// The entrance, which everybody but those who come early waits before.
    let doors = Doors(locks: 1)
    /// Opens when all who came early were sent away.
    let earlyTries: Doors
    let lines: [SaleLine]
    let tills: Tills
    /// How far the sale is.
    package let progress = SaleProgress()
    /// What earlier processes had begun.
    let earlier: EarlierAttempts
    let acknowledged: AcknowledgedFile?
    private let elapsed: @Sendable () -> Duration
    private let lastTick = Atomic<Int>(0)

    /// Prepares a sale: the stock is there and the terms are set.
    ///
    /// - Parameters:
    ///   - plan: What is sold to whom.
    ///   - place: Where the sale is kept.
    ///   - stored: What the store keeps of the sale already, which this process goes on with; nil when it is a new one.
    ///   - record: The gateway's own record; it has to begin with the sale for this to be checked against it.
    ///   - acknowledged: Where every acknowledged purchase is noted.
    ///   - wallClock: The time that is recorded, and that decides whether the sale is open.
    ///   - clock: Measures pauses and latencies.
    /// - Throws: The error of the record or of the store when it cannot be read, or of the inventory when it cannot
    ///   take in the stock.
    package init(
        _ plan: SalePlan,
        at place: SalePlace = .memory,
        goingOnWith stored: StoredSale? = nil,
        record: any GatewayRecord = InMemoryGatewayRecord(),
        acknowledged: AcknowledgedFile? = nil,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous
    ) async throws {
        self.plan = plan
        self.acknowledged = acknowledged
        offers = plan.offers
        opensAt = stored?.opensAt ?? wallClock.now.advanced(by: plan.opensAfter)
        shop = try Shop(plan, at: place, record: record, wallClock: wallClock, clock: clock)
        if case .store(let store) = place, stored == nil {
            try await StoredSale(plan: plan, opensAt: opensAt).begin(in: store, at: wallClock.now)
        }
        try await shop.takeIn(plan, opensAt: opensAt)
        earlier = stored == nil ? EarlierAttempts() : try await EarlierAttempts(in: shop.checkout.sagas, of: plan)
        tills = Tills(plan.tills)
        earlyTries = Doors(locks: plan.earlyCount)
        elapsed = Self.stopwatch(clock)
        var activeCounts = Array(repeating: 0, count: offers.count)
        for number in 0..<plan.buyers { activeCounts[number % offers.count] += 1 }
        for number in 0..<plan.walkerCount { activeCounts[number % offers.count] += 1 }
        lines = activeCounts.map { SaleLine(activeCount: $0) }
    }

    /// Lets the crowd in, and waits until everybody has gone.
    package func run() async throws -> SaleHistory {
        try await shop.working { try await self.sell() }
    }

    private func sell() async throws -> SaleHistory {
        try await withThrowingTaskGroup(of: Guest.self) { group in
            for number in 0..<plan.walkerCount {
                group.addTask { .walker(try await self.walk(number)) }
            }
            for number in 0..<plan.buyers {
                let buyer = plan.buyer(number)
                group.addTask { .buyer(await self.serve(buyer)) }
            }
            await earlyTries.wait()
            try await sleep(untilWallTime: opensAt)
            let opened = moment()
            progress.noteOpening()
            doors.unlock()
            var history = SaleHistory(plan: plan, offers: offers, opensAt: opensAt, opened: opened)
            history.earlierOrders = earlier.orders
            for try await guest in group {
                switch guest {
                case .buyer(let story): history.buyers.append(story)
                case .walker(let story): history.walkers.append(story)
                }
            }
            history.ended = moment()
            history.unanswered = shop.gateway.counts
            return history
        }
    }

    /// How many units of all SKUs are available, held and promised for good right now.
    package var stock: StockLevel {
        get async {
            let levels = (try? await shop.inventory.stock(of: offers.map(\.sku))) ?? [:]
            return levels.values.reduce(into: StockLevel(sku: "all")) { sum, stock in
                sum.onHand += stock.onHand
                sum.held += stock.held
                sum.allocated += stock.allocated
            }
        }
    }

    private enum Guest: Sendable {
        case buyer(BuyerStory)
        case walker(WalkerStory)
    }

    func moment() -> Moment {
        Moment(
            tick: lastTick.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue,
            elapsed: elapsed(),
            wallTime: shop.wallClock.now
        )
    }

    /// Sleeps until the wall clock, which the monotonic one may be ahead of, has come to a time.
    func sleep(untilWallTime time: Timestamp) async throws {
        while shop.wallClock.now < time {
            try await shop.clock.sleep(for: max(.microseconds(1), shop.wallClock.now.duration(to: time)))
        }
    }

    private static func stopwatch<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}
