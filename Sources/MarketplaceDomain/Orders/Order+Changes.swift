package import MarketplaceCore

extension Order {
    /// What changes of quantities would make of it: the new shares and total, and the difference to refund or to charge.
    ///
    /// Nothing is decided, and nobody's right to it is looked at. Units that stay keep their shares, to the minor unit;
    /// of a line that gets shorter the last units go. Added units cost the price of their line unless the change says
    /// what they are sold for. Shipping charges stay as they are. No
    /// more is refunded than is left of what was paid, where the buyer was given something before.
    ///
    /// - Parameter changes: The lines to change, each once.
    /// - Returns: What becomes of the order; without lines when nothing changes.
    /// - Throws: ``OrderRejection/unknownLine(index:)``; ``OrderRejection/unitsOutOfRange(lineIndex:requested:available:)``
    ///   when units are gone already or too many; ``OrderRejection/sharesMismatch(lineIndex:)`` when added units are sold
    ///   for what their price does not come to; ``OrderRejection/nothingLeft``; ``OrderRejection/shares(_:)`` when the
    ///   sum does not fit.
    /// - Complexity: O(lines + runs).
    public func amendment(_ changes: [OrderLineChange]) throws(OrderRejection) -> OrderAmendment {
        guard let total else { throw .notCreated }
        var seen: Set<Int> = []
        var changed: [OrderAmendment.Line] = []
        for change in changes {
            let index = change.lineIndex
            guard units.indices.contains(index), seen.insert(index).inserted else { throw .unknownLine(index: index) }
            let line = units[index]
            let gone = line.packed + line.shipped
            // Cancelled units were ordered once, so what was ever ordered is what is bounded.
            guard change.units >= gone, change.units <= Quantity.maximum - line.canceled else {
                throw .unitsOutOfRange(lineIndex: index, requested: change.units, available: line.owed - gone)
            }
            guard change.units != line.owed else { continue }
            changed.append(
                OrderAmendment.Line(
                    lineIndex: index,
                    from: line.owed,
                    to: change.units,
                    added: try addedRun(change, beyond: line.owed)
                )
            )
        }
        let shares = try amended(changed, of: units)
        return OrderAmendment(lines: changed, shares: shares, previousTotal: total, refundable: refundable ?? total)
    }

    /// What the units that a change adds are sold for; nil when it adds none.
    private func addedRun(
        _ change: OrderLineChange,
        beyond owed: Int
    ) throws(OrderRejection) -> FrozenShares.Run? {
        guard change.units > owed else { return nil }
        let line = lines[change.lineIndex]
        let run =
            change.added
            ?? FrozenShares.Run(
                units: change.units - owed,
                discountMinor: 0,
                taxMinor: 0,
                paidMinor: line.unitPrice.minorUnits
            )
        guard run.units == change.units - owed, run.fits(line) else {
            throw .sharesMismatch(lineIndex: change.lineIndex)
        }
        return run
    }

    /// The shares after a change, given the units before it.
    func amended(
        _ changes: [OrderAmendment.Line],
        of units: [OrderLineUnits]
    ) throws(OrderRejection) -> FrozenShares {
        guard let currency = total?.currency else { throw .notCreated }
        let changed = Dictionary(changes.map { ($0.lineIndex, $0) }) { first, _ in first }
        var current = (shares?.lines ?? [])[...]
        var kept: [FrozenShares.Line] = []
        for (index, line) in lines.enumerated() {
            // Lines without units have no shares: those that are there follow the order of the lines.
            let share = shares == nil || units[index].owed == 0 ? nil : current.popFirst()
            var runs = share?.runs ?? []
            if shares == nil {
                let price = line.unitPrice.minorUnits
                runs = [FrozenShares.Run(units: units[index].owed, discountMinor: 0, taxMinor: 0, paidMinor: price)]
            }
            if let change = changed[index] {
                runs = runs.first(change.to)
                if let added = change.added { runs.append(added) }
            }
            guard !runs.isEmpty else { continue }
            kept.append(FrozenShares.Line(share?.id ?? shareID(of: index), runs))
        }
        guard !kept.isEmpty else { throw .nothingLeft }
        do throws(FrozenSharesError) {
            return try FrozenShares(
                currency,
                lines: kept,
                shipping: shares?.shipping ?? [],
                promotions: shares?.promotions ?? []
            )
        } catch {
            throw .shares(error)
        }
    }

    /// What the shares of a line are called: as they were placed, or its place where there were none.
    package func shareID(of index: Int) -> BasketLineID {
        if let line = placed?.shares?.lines[index] { return line.id }
        // A number is a valid key.
        return BasketLineID(unchecked: "\(index)")
    }
}

extension [FrozenShares.Run] {
    /// The runs of the first so many units.
    fileprivate func first(_ count: Int) -> [FrozenShares.Run] {
        var left = count
        var runs: [FrozenShares.Run] = []
        for run in self where left > 0 {
            let units = Swift.min(run.units, left)
            runs.append(
                FrozenShares.Run(
                    units: units,
                    discountMinor: run.discountMinor,
                    taxMinor: run.taxMinor,
                    paidMinor: run.paidMinor
                )
            )
            left -= units
        }
        return runs
    }
}

extension Order.Known {
    func change(_ changes: [OrderLineChange], paidBy payment: PaymentID?) throws(OrderRejection) -> [OrderEvent] {
        if status != .partiallyShipped { _ = try move(.change) }
        // Whoever may not change it learns nothing of its amounts.
        if !isRoleAllowed(.change) { _ = try move(.change) }
        let amendment = try order.amendment(changes)
        guard !amendment.lines.isEmpty else { return [] }
        if command.actor.role == .buyer,
            let line = amendment.lines.first(where: { $0.added.map { $0.discountMinor > 0 } ?? false })
        {
            throw .discountNotGranted(lineIndex: line.lineIndex)
        }
        var used: PaymentID?
        if case .charge = amendment.settlement { used = payment }
        if let used, used == order.paymentID || order.changePayments.contains(used) { throw .paymentUsed(used) }
        guard order.changeCount < Order.maximumChanges else {
            throw .tooManyChanges(maximum: Order.maximumChanges)
        }
        return try changed(.change, amendment, paidBy: used)
    }

    /// The events of a change that may be made.
    func changed(
        _ move: OrderMove,
        _ amendment: OrderAmendment,
        paidBy payment: PaymentID? = nil,
        undoing undone: Int? = nil
    ) throws(OrderRejection) -> [OrderEvent] {
        guard !amendment.lines.isEmpty else { return [] }
        let event = OrderEvent.changed(
            OrderChanged(
                orderID: id,
                lines: amendment.lines,
                previousTotal: amendment.previousTotal,
                total: amendment.total,
                owed: amendment.owed,
                paidBy: payment,
                undoneChange: undone,
                by: command.actor,
                at: command.time
            )
        )
        var next = order
        next.apply(event)
        return [event] + moved(to: try self.move(move, given: next.shippingFacts))
    }
}
