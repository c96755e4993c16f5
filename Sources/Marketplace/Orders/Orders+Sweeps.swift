public import MarketplaceCore
import MarketplaceDomain
public import MarketplaceStorage

/// What a sweep over orders has done.
public struct OrderSweep: Sendable {
    /// Unpaid orders that were given up.
    public internal(set) var expired = 0
    /// Checkouts that were asked to come to an end, because their orders were not paid in time.
    public internal(set) var askedToEnd = 0
    /// Delivered orders that were completed.
    public internal(set) var completed = 0
    /// Orders that have given back what they owed.
    public internal(set) var settled = 0
    /// What did not come through, in the order it was tried; the next sweep tries again.
    public internal(set) var failures: [OrdersError] = []
}

extension Orders {
    /// Ends what is due: unpaid orders, delivered ones after ``Order/completionPeriod``, money that is still owed.
    ///
    /// It can be repeated, and run by several at once: every order decides by itself whether its time has come.
    ///
    /// - Parameter limit: The most orders of each kind, 1 to ``pageLimit``.
    /// - Returns: What was done; an order that fails holds up no other.
    /// - Throws: When it cannot be read which orders are due.
    @discardableResult
    public func sweep(limit: Int = Orders.pageLimit) async throws(OrdersError) -> OrderSweep {
        try await catchUp()
        var sweep = OrderSweep()
        for order in try await due(OrderKeySpace.expiryIndex, limit) {
            await attempt(&sweep) { (sweep) async throws(OrdersError) in try await expire(order, &sweep) }
        }
        for order in try await due(OrderKeySpace.completionIndex, limit) {
            await attempt(&sweep) { (sweep) async throws(OrdersError) in
                let now = wallClock.now
                try await archive.handle(.complete, on: order.order, by: .system, key: archive.freshKey, at: now)
                sweep.completed += 1
            }
        }
        for order in try await due(OrderKeySpace.refundIndex, limit) {
            await attempt(&sweep) { (sweep) async throws(OrdersError) in
                try await settle(order.order)
                sweep.settled += 1
            }
        }
        return sweep
    }

    /// The sweep as a job that one of many servers runs at a time.
    public func sweepJob(
        _ name: JobName = "order-sweep",
        _ schedule: JobSchedule = .every(.minutes(5)),
        limit: Int = Orders.pageLimit
    ) throws(JobError) -> ScheduledJob {
        try ScheduledJob(name, schedule) { _ in try await sweep(limit: limit) }
    }

    private func due(_ index: String, _ limit: Int) async throws(OrdersError) -> [OrderSummary] {
        let query = DocumentQuery.indexed(
            OrderKeySpace.summaries,
            by: index,
            atMost: .time(wallClock.now),
            limit: min(max(limit, 1), Self.pageLimit)
        )
        return try await slice(query).documents.map(summary)
    }

    private func attempt(
        _ sweep: inout OrderSweep,
        _ body: (inout OrderSweep) async throws(OrdersError) -> Void
    ) async {
        do throws(OrdersError) {
            try await body(&sweep)
        } catch {
            // Refused by the lifecycle: somebody was faster, and the summary follows.
            if case .refused(.move) = error { return }
            sweep.failures.append(error)
        }
    }

    private func expire(_ order: OrderSummary, _ sweep: inout OrderSweep) async throws(OrdersError) {
        if let checkout {
            let purchase = OrderID(bits: order.group?.bits ?? order.order.bits)
            let outcome: PaymentNoticeOutcome
            do throws(CheckoutError) {
                outcome = try await checkout.cancel(purchase, because: "not paid in time", by: .system)
            } catch {
                throw .checkout(error)
            }
            // A checkout that is under way ends its orders itself, and one that has ended has ended them.
            guard outcome == .unknownOrder else {
                sweep.askedToEnd += 1
                return
            }
        }
        try await archive.handle(.expire, on: order.order, by: .system, key: archive.freshKey, at: wallClock.now)
        sweep.expired += 1
    }
}
