import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

/// Brings the stock in line with orders, and takes note on them that it is.
///
/// An order owes its stock from the commit on by which units were called off, added or shipped, until it is noted that
/// the stock has followed. The note comes last: whoever dies before leaves an order that a sweep finds.
struct OrderStockDesk: Sendable {
    let archive: OrderArchive
    let stock: OrderStock
    let wallClock: any WallClock

    /// Books what an order owes its stock, without taking note.
    ///
    /// Units that a change has added and that are gone are taken off the order again, which owes their price then.
    ///
    /// - Returns: What is to be noted; nil when nothing is owed.
    func book(_ id: OrderID) async throws(OrdersError) -> OrderAction? {
        for _ in 0..<JointCommit.attempts {
            let order = try await archive.order(id)
            guard order.owesStock else { return nil }
            let purchase = try await archive.purchase(of: order)
            let shortages: [OrderStock.Shortage]
            do throws(InventoryError) {
                shortages = try await stock.settle(purchase, for: order, at: wallClock.now)
            } catch {
                // What an older state asks for can be refused because a newer one has set it free.
                if error.refusal != nil, try await !isCurrent(order, id) { continue }
                throw .stock(error)
            }
            guard let shortage = shortages.first else { return .noteStock(revision: order.stockRevision) }
            guard try await isCurrent(order, id) else { continue }
            guard case .change(let number) = shortage.extra.origin else {
                throw .stock(.refused(shortage.refusal))
            }
            try await undo(number, shortage.units, of: id, at: order.stockRevision)
        }
        throw .contended(attempts: JointCommit.attempts)
    }

    /// Books what an order owes its stock, and takes note.
    func settle(_ id: OrderID) async throws(OrdersError) {
        guard let note = try await book(id) else { return }
        try await archive.note([note], on: id, at: wallClock.now)
    }

    private func isCurrent(_ order: Order, _ id: OrderID) async throws(OrdersError) -> Bool {
        try await archive.order(id).stockRevision == order.stockRevision
    }

    private func undo(
        _ change: Int,
        _ units: [OrderUnits],
        of id: OrderID,
        at revision: Int
    ) async throws(OrdersError) {
        do throws(OrdersError) {
            try await record(.undoChange(number: change, units: units), on: id, at: revision)
        } catch {
            // What else was ordered was taken off meanwhile: there is nothing to send.
            guard case .refused(.nothingLeft) = error else { throw error }
            try await record(.cancel(.other), on: id, at: revision)
        }
    }

    /// Records what was found of a state of the order's stock, unless that is not the state any more.
    private func record(_ action: OrderAction, on id: OrderID, at revision: Int) async throws(OrdersError) {
        try await archive.joint(at: wallClock.now) { transaction throws(OrdersError) in
            _ = try await archive.add(action, on: id, by: .system, to: &transaction) { $0.stockRevision == revision }
        }
    }
}

extension OrderArchive {
    /// Takes note of what has come about, all in one commit.
    func note(_ actions: [OrderAction], on id: OrderID, at time: Timestamp) async throws(OrdersError) {
        try await joint(at: time) { transaction throws(OrdersError) in
            try await add(actions, on: id, by: .system, key: freshKey, to: &transaction)
        }
    }
}
