public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

extension Orders {
    /// What changes of quantities would cost or bring; see ``Order/amendment(_:)``.
    public func quote(
        _ changes: [OrderLineChange],
        of id: OrderID,
        by actor: CommandActor
    ) async throws(OrdersError) -> OrderAmendment {
        let order = try await order(id, by: actor)
        do throws(OrderRejection) {
            return try order.amendment(changes)
        } catch {
            throw .refused(error)
        }
    }

    /// Changes the quantities of an order before they are shipped.
    ///
    /// What it becomes cheaper by is given back, units that are not wanted any more are set free. What it becomes more
    /// expensive by must be paid before: by a payment of that order and buyer of which at least so much was captured, and
    /// which no other change has used.
    ///
    /// - Parameters:
    ///   - id: The order.
    ///   - changes: The lines to change.
    ///   - payment: By which the difference was paid; nil when there is none to pay.
    ///   - actor: Who changes it.
    ///   - key: Names the command; with a payment, the payment does. Repeated, it is answered as done, whatever became of
    ///     the order since.
    /// - Returns: The order, with what it owed given back.
    /// - Throws: ``OrdersError/unpaidDifference(_:)`` with what there is to pay; ``OrdersError/stock(_:)`` when added units
    ///   are not there; ``OrdersError/refused(_:)``, with
    ///   ``OrderRejection/paymentUsed(_:)`` when another change was paid by that payment;
    ///   ``OrdersError/changeUndone(_:change:)`` when added units were gone after it was recorded, because it took too
    ///   long: their price is given back then.
    @discardableResult
    public func change(
        _ id: OrderID,
        _ changes: [OrderLineChange],
        paidBy payment: PaymentID? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        let order = try await archive.order(id)
        let now = wallClock.now
        // The payment of the purchase has paid for the purchase: what it is named for is not paid.
        let used = payment == order.paymentID ? nil : payment
        let command = ActorCommand(OrderAction.change(changes, paidBy: used), by: actor, at: now)
        for name in [key] + (used.map { [Self.key(ofChangePaidBy: $0)] } ?? [])
        where try await archive.isRepeated(command, on: id, key: name) {
            return try await settle(id, by: .system)
        }
        let recorded: [OrderEvent]
        do throws(OrderRejection) {
            recorded = try order.decide(command)
        } catch {
            throw .refused(error)
        }
        var key = key
        if case .changed(let change)? = recorded.first {
            let difference = change.total.minorUnits - change.previousTotal.minorUnits
            if difference > 0 {
                let amount = Money(minorUnits: difference, change.total.currency)
                try await checkPaid(amount, for: order, by: payment)
                // A payment pays for one change, whatever the caller calls it.
                if let payment { key = Self.key(ofChangePaidBy: payment) }
            }
            try await hold(change, of: order, at: now)
        }
        guard let outcome = try await archive.changeIfCurrent(order, command, key: key) else {
            throw .contended(attempts: 1)
        }
        let settled = try await settle(id, by: .system)
        let number = outcome.root.changeCount
        if !outcome.isRepetition, !outcome.events.isEmpty, settled.additions[number - 1].isUndone {
            throw .changeUndone(id, change: number)
        }
        return settled
    }

    private static func key(ofChangePaidBy payment: PaymentID) -> IdempotencyKey {
        IdempotencyKey(unchecked: "change paid by \(payment)")
    }

    private func checkPaid(_ amount: Money, for order: Order, by id: PaymentID?) async throws(OrdersError) {
        guard let id, id != order.paymentID else { throw .unpaidDifference(amount) }
        let payment: Payment
        do throws(RepositoryError<PaymentRejection>) {
            payment = try await archive.payments.load(id).root
        } catch {
            throw .payment(error)
        }
        guard let begun = payment.begun, begun.orderID == order.id, begun.buyerID == order.placed?.buyerID,
            let amounts = payment.amounts, let kept = try? amounts.refundable(), kept == amount
        else { throw .unpaidDifference(amount) }
    }

    private func hold(_ change: OrderChanged, of order: Order, at time: Timestamp) async throws(OrdersError) {
        let added = change.lines.filter { $0.to > $0.from }
            .map { OrderUnits(lineIndex: $0.lineIndex, units: $0.to - $0.from) }
        let number = order.changeCount + 1
        guard let extra = ExtraStock(added, of: order, .change(number)) else { return }
        do throws(InventoryError) {
            try await stockDesk.stock.hold(extra, at: time)
        } catch {
            throw .stock(error)
        }
    }
}

extension OrderArchive {
    /// Whether that very command was recorded under that key before, whatever would become of it now.
    func isRepeated(
        _ command: Order.Command,
        on id: OrderID,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Bool {
        // Nobody commits what it decides: of a command that was not recorded nothing becomes.
        var nothing = transaction(at: command.time)
        do throws(RepositoryError<OrderRejection>) {
            return try await orders.add(to: &nothing, on: id, key: key) { _ in [command] }.isRepetition
        } catch {
            switch error {
            case .rejected, .store(.conflict(.commandKeyReused)): return false
            default: throw OrdersError(error)
            }
        }
    }

    /// Records a change if the order still stands as it was looked at, for which alone it was paid and held; nil when not.
    func changeIfCurrent(
        _ order: Order,
        _ command: Order.Command,
        key: IdempotencyKey
    ) async throws(OrdersError) -> CommandOutcome<Order>? {
        guard let id = order.id else { return nil }
        var isCurrent = true
        do throws(RepositoryError<OrderRejection>) {
            let outcome = try await orders.handle(on: id, key: key, at: command.time) { current in
                isCurrent = current.changeCount == order.changeCount
                return isCurrent ? [command] : []
            }
            return isCurrent || outcome.isRepetition ? outcome : nil
        } catch {
            throw OrdersError(error)
        }
    }
}
