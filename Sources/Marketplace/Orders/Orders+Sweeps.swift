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
    /// Orders that have done what they owed, money and stock.
    public internal(set) var settled = 0
    /// What did not come through, in the order it was tried; the next sweep tries again.
    public internal(set) var failures: [OrdersError] = []
}

extension Orders {
    /// Ends what is due: unpaid orders, delivered ones after ``Order/completionPeriod``, money and stock that are still
    /// owed.
    ///
    /// It can be repeated, and run by several at once: every order decides by itself whether its time has come. What
    /// does not come through holds up nothing else: of each kind a sweep looks at `limit` orders, and where there are
    /// more, the next one goes on with those behind them before it begins anew, however many of them are stuck.
    ///
    /// - Parameter limit: The most orders of each kind, 1 to ``pageLimit``.
    /// - Returns: What was done; an order that fails holds up no other.
    /// - Throws: When it cannot be read which orders are due.
    @discardableResult
    public func sweep(limit: Int = Orders.pageLimit) async throws(OrdersError) -> OrderSweep {
        var sweep = OrderSweep()
        do throws(OrdersError) {
            try await catchUp()
        } catch {
            // What is in the lists already is swept nevertheless.
            sweep.failures.append(error)
        }
        try await visit(OrderKeySpace.expiryIndex, limit, &sweep) { (order, sweep) async throws(OrdersError) in
            try await expire(order, &sweep)
        }
        try await visit(OrderKeySpace.completionIndex, limit, &sweep) { (order, sweep) async throws(OrdersError) in
            let now = wallClock.now
            try await archive.handle(.complete, on: order.order, by: .system, key: archive.freshKey, at: now)
            sweep.completed += 1
        }
        try await visit(OrderKeySpace.settlementIndex, limit, &sweep) { (order, sweep) async throws(OrdersError) in
            try await settle(order.order, by: .system)
            sweep.settled += 1
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

    /// Tries the next orders that are due, from where the last sweep ended.
    private func visit(
        _ index: String,
        _ limit: Int,
        _ sweep: inout OrderSweep,
        _ body: (OrderSummary, inout OrderSweep) async throws(OrdersError) -> Void
    ) async throws(OrdersError) {
        var query = DocumentQuery.indexed(
            OrderKeySpace.summaries,
            by: index,
            atMost: .time(wallClock.now),
            limit: min(max(limit, 1), Self.pageLimit)
        )
        let place = DocumentKey(OrderKeySpace.sweeps, TextKey(unchecked: index))
        let last = try await archive.read(place, as: SweepPlace.self)?.value
        if let last { query = query.continued(from: last.cursor) }
        let slice = try await slice(query)
        for document in slice.documents {
            await attempt(&sweep) { (sweep) async throws(OrdersError) in try await body(try summary(document), &sweep) }
        }
        await attempt(&sweep) { (_) async throws(OrdersError) in
            try await archive.keep(slice.next.flatMap(SweepPlace.init), at: place, insteadOf: last, wallClock.now)
        }
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

/// How far the sweeps have come in an index by time.
private struct SweepPlace: Codable, Sendable, Hashable {
    let microsecondsSinceEpoch: Int64
    let order: String

    var cursor: DocumentCursor {
        let time = Timestamp(microsecondsSinceEpoch: microsecondsSinceEpoch)
        return DocumentCursor(values: [.time(time)], id: TextKey(unchecked: order))
    }

    init?(_ cursor: DocumentCursor) {
        guard case .integer(let time)? = cursor.values.first else { return nil }
        microsecondsSinceEpoch = time
        order = cursor.id.text
    }
}

extension OrderArchive {
    /// Keeps where the next sweep begins; nil for the beginning.
    ///
    /// Whoever writes last is followed: nothing is missed by it, and what is looked at twice finds itself done.
    fileprivate func keep(
        _ next: SweepPlace?,
        at place: DocumentKey,
        insteadOf last: SweepPlace?,
        _ time: Timestamp
    ) async throws(OrdersError) {
        guard next != last else { return }
        var transaction = transaction(at: time)
        if let next {
            transaction.write(DocumentWrite(place, body: try encoded(next), indexEntries: []))
        } else {
            transaction.delete(place)
        }
        _ = try await commit(transaction)
    }
}
