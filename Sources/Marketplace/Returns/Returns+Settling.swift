public import MarketplaceCore
import MarketplaceCoupons
public import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

extension Returns {
    /// Does all that follows from goods that were taken in; nothing for a return that waits for them, or is settled.
    ///
    /// Each step is keyed by the return, so it takes effect once however often this is called and by how many, and
    /// wherever a call before it was interrupted.
    ///
    /// - Returns: The return, settled.
    /// - Throws: What stood in the way; what was done stays done, and the next call goes on from there.
    @discardableResult
    public func settle(_ id: ReturnID) async throws(ReturnsError) -> OrderReturn {
        var value = try await archive.value(id)
        if value.status == .received { value = try await complete(id) }
        guard value.status == .completed, !value.isSettled, let requested = value.requested,
            let completed = value.completed
        else { return value }
        let order = try await archive.order(requested.orderID)
        // Stock and the order first: whoever is given money back finds nothing of it open.
        try await takeIn(value.received, of: requested, order)
        if let replacement = completed.replacementID {
            try await placeReplacement(replacement, of: value.received, requested, order)
        } else if requested.kind == .claimReplacement {
            try await releaseReplacement(of: requested)
        }
        try await refund(completed, order)
        if policy.restoresCoupons { try await restoreCoupons(of: order) }
        return try await archive.handle(.settle, on: id, by: .system, key: "settle")
    }

    /// Asks the gateway anew for a refund that it has refused, and settles the return.
    ///
    /// - Throws: ``ReturnsError/payment(_:)`` when it refuses again.
    @discardableResult
    public func retryRefund(
        of id: ReturnID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReturnsError) -> OrderReturn {
        try check(.retryReturnRefund, actor)
        // Read before it is known to fail: an attempt that somebody else has asked for meanwhile has not failed yet.
        let document = DocumentKey(ReturnArchive.attempts, id)
        let attempt = try await archive.read(document, as: RefundAttempt.self)
        do throws(ReturnsError) {
            return try await settle(id)
        } catch {
            // Only what was refused for good may be asked for under another name.
            guard case .payment(.refusedByGateway) = error, attempt?.value.key != key else { throw error }
        }
        let next = RefundAttempt(number: (attempt?.value.number ?? 1) + 1, key: key)
        var transaction = Transaction(id: archive.environment.identifiers.next(), time: archive.environment.now)
        transaction.write(
            DocumentWrite(
                document,
                body: try archive.encoded(next),
                expecting: attempt.map { .exactly($0.revision) } ?? .absent
            )
        )
        // Where others were faster, it is their attempt that is made.
        _ = try await archive.commit(transaction)
        return try await settle(id)
    }

    // MARK: - What is given back

    /// Fixes once what is given back, in one commit with the order, which owes that no more, and its ledger of refunds.
    private func complete(_ id: ReturnID) async throws(ReturnsError) -> OrderReturn {
        try await archive.attempting { () async throws(ReturnsError) -> OrderReturn? in
            let value = try await archive.value(id)
            guard value.status == .received, let requested = value.requested else { return value }
            let order = try await archive.order(requested.orderID)
            let replacement = try await heldReplacement(of: value, requested, order)
            let units = replacement == nil ? value.received.perLine : []
            let (known, expected) = try await archive.ledger(of: order, requested.orderID)
            var ledger = known
            let (paid, charges) = try await refund(units, of: order, on: &ledger)
            let time = archive.environment.now
            var transaction = Transaction(id: archive.environment.identifiers.next(), time: time)
            let amount = try await limited(paid, of: order, for: id, in: &transaction)
            let action = ReturnAction.complete(
                refunded: amount,
                givenBefore: Self.givenBefore(paid, of: order),
                units: units,
                charges: charges,
                replacement: replacement
            )
            let outcome: CommandOutcome<OrderReturn>
            do throws(RepositoryError<ReturnRejection>) {
                outcome = try await archive.returns.add(to: &transaction, on: id, key: "complete") { _ in
                    [ActorCommand(action, by: .system, at: time)]
                }
            } catch {
                // Somebody else has completed it meanwhile, on what was left then.
                if case .store(.conflict(.commandKeyReused)) = error { return nil }
                throw ReturnsError(error) { .refused($0) }
            }
            guard !outcome.events.isEmpty, !outcome.isRepetition else { return outcome.root }
            guard try await note(amount, of: order, for: id, in: &transaction) else { return nil }
            if ledger != known {
                transaction.write(try archive.write(ledger, of: requested.orderID, expecting: expected))
            }
            try archive.list(outcome.root, in: &transaction)
            guard case .done = try await archive.commit(transaction) else { return nil }
            return outcome.root
        }
    }

    /// How much less than what was paid an order has left, because its buyer was given that before.
    private static func givenBefore(_ paid: Money, of order: Order) -> Money? {
        let minorUnits = paid.minorUnits - (order.refundable?.minorUnits ?? 0)
        return minorUnits > 0 ? Money(minorUnits: minorUnits, paid.currency) : nil
    }

    /// Has the order take note of what is given back; false when it gives back something else meanwhile.
    private func note(
        _ amount: Money,
        of order: Order,
        for id: ReturnID,
        in transaction: inout Transaction
    ) async throws(ReturnsError) -> Bool {
        guard amount.isPositive, let orderID = order.id else { return true }
        do throws(OrdersError) {
            let action = OrderAction.noteReturnRefund(id, amount)
            return try await archive.orders.add(action, on: orderID, by: .system, to: &transaction) { current in
                current.refundable == order.refundable
            }
        } catch {
            throw .order(error)
        }
    }

    private func refund(
        _ units: [OrderUnits],
        of order: Order,
        on ledger: inout RefundLedger
    ) async throws(ReturnsError) -> (amount: Money, charges: [BasketLineID]) {
        let currency = ledger.shares.currency
        guard !units.isEmpty else { return (.zero(currency), []) }
        var wanted: [BasketLineID: Int] = [:]
        for part in units { wanted[order.shareID(of: part.lineIndex), default: 0] += part.units }
        let isKept = zip(ledger.shares.lines, ledger.keptUnits).contains { $1 > wanted[$0.id] ?? 0 }
        var charges: [BasketLineID] = []
        if policy.deliveryCharges == .whenNothingIsKept, !isKept {
            charges = zip(ledger.shares.shipping, ledger.refundedCharges).filter { !$0.1 }.map(\.0.id)
        }
        let refund = try await refunds.refund(wanted, shipping: Set(charges), of: order, on: &ledger)
        return (refund.amount, charges)
    }

    // MARK: - Steps

    /// Takes goods that the inventory keeps into stock, or writes them off, and notes on the order that they came back.
    private func takeIn(
        _ received: [ReturnedUnits],
        of requested: ReturnRequested,
        _ order: Order
    ) async throws(ReturnsError) {
        let now = archive.environment.now
        for (index, part) in received.enumerated() where part.disposition != .keptByBuyer && part.units > 0 {
            // No return has more units of a line than the line has.
            guard let quantity = try? Quantity(part.units) else { continue }
            let sku = order.lines[part.lineIndex].sku
            let change = StockChange(
                id: MovementID(bits: TransactionID(derivedFrom: "return", "\(requested.returnID)", "\(index)").bits),
                sku: sku,
                part.disposition == .restock ? .customerReturn(quantity) : .damagedReturn(quantity),
                reference: StockReference(requested.returnID),
                time: now
            )
            do throws(InventoryError) {
                // What it does not know is kept elsewhere.
                guard try await inventory.stock(of: sku) != nil else { continue }
                try await inventory.record(change)
            } catch {
                throw .stock(error)
            }
        }
        for part in received.filter({ $0.disposition != .keptByBuyer }).perLine {
            do throws(OrdersError) {
                try await archive.orders.handle(
                    .recordReturn(lineIndex: part.lineIndex, units: part.units),
                    on: requested.orderID,
                    by: .system,
                    // Two identifiers' worth of text.
                    key: IdempotencyKey(unchecked: "return \(requested.returnID)/\(part.lineIndex)"),
                    at: now
                )
            } catch {
                throw .order(error)
            }
        }
    }

    /// Gives the money back, once.
    private func refund(_ completed: ReturnCompleted, _ order: Order) async throws(ReturnsError) {
        guard completed.refunded.isPositive else { return }
        let document = DocumentKey(ReturnArchive.attempts, completed.returnID)
        let attempt = try await archive.read(document, as: RefundAttempt.self)?.value.number ?? 1
        let name = RefundName.given(by: completed.returnID, attempt: attempt)
        do throws(PaymentError) {
            try await payments.refund(completed.refunded, of: order.refundingPayments, as: name)
        } catch {
            throw .payment(error)
        }
    }

    /// Gives the uses of coupons back when nothing is kept of the purchase.
    private func restoreCoupons(of order: Order) async throws(ReturnsError) {
        guard let bits = order.groupID?.bits ?? order.id?.bits else { return }
        let purchase: [Order]
        do throws(OrdersError) {
            purchase = try await archive.orders.purchase(of: order)
        } catch {
            throw .order(error)
        }
        for part in purchase where part.status != .canceled {
            guard let id = part.id else { return }
            let ledger = try await archive.ledger(of: part, id).value
            guard ledger.keptUnits.allSatisfy({ $0 == 0 }) else { return }
        }
        do throws(CouponError) {
            let redemption = RedemptionID(bits: bits)
            guard let found = try await redemptions.redemption(redemption), found.state == .redeemed else { return }
            try await redemptions.restore(redemption, at: archive.environment.now)
        } catch {
            throw .coupons(error)
        }
    }
}

/// How often the gateway was asked for a refund that it has refused, and under which command the last time.
struct RefundAttempt: Codable, Sendable {
    let number: Int
    let key: IdempotencyKey
}

extension [ReturnedUnits] {
    /// The units of each line, in the order of the lines; lines without units are left out.
    var perLine: [OrderUnits] {
        var counts: [Int: Int] = [:]
        for part in self { counts[part.lineIndex, default: 0] += part.units }
        return counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { OrderUnits(lineIndex: $0.key, units: $0.value) }
    }
}
