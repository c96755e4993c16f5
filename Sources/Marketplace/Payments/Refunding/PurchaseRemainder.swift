import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// Tells what of the money of a purchase nobody has given back, or was promised to.
struct PurchaseRemainder: Sendable {
    /// What could not be read.
    enum Failure: Error {
        case payment(PaymentError)
        case order(OrdersError)
    }

    let purchases: PurchaseReader
    let orders: OrderArchive

    /// What an order can be given yet, in minor units; below zero where more was promised than is left.
    ///
    /// It is what is left at all places that took money for its purchase or its changes, less what orders and returns of
    /// the purchase were promised and is not on its way yet.
    ///
    /// - Parameters:
    ///   - order: The order, as it is to be.
    ///   - current: A return of it whose promise is not counted.
    ///   - currency: The currency.
    ///   - transaction: Is only applied if what was read here is still true.
    /// - Returns: The minor units; nil while the purchase is not fully captured, or was paid elsewhere.
    /// - Throws: ``Failure`` when something cannot be read.
    func leftMinor(
        for order: Order,
        besides current: ReturnID? = nil,
        in currency: Currency,
        _ transaction: inout Transaction
    ) async throws(Failure) -> Int128? {
        let places = try await places(of: order.refundingPayments)
        var leftMinor: Int128 = 0
        for place in places {
            guard place.isWhollyTaken, let left = place.refundable, left.currency == currency else { return nil }
            leftMinor += Int128(left.minorUnits)
            transaction.require(place.requirement)
        }
        if let id = order.id { leftMinor -= try await promised(by: order, id, besides: current, at: places) }
        for (other, requirement) in try await others(of: order) {
            guard let id = other.id else { continue }
            transaction.require(requirement)
            let own = try await self.places(of: other.changePayments)
            let promised = try await promised(by: other, id, besides: current, at: places + own)
            let ownMinor = own.reduce(Int128(0)) { $0 + Int128($1.refundable?.minorUnits ?? 0) }
            leftMinor -= max(0, promised - ownMinor)
        }
        return leftMinor
    }

    /// What returns of an order, and the order itself, were promised to give and have not begun to.
    private func promised(
        by order: Order,
        _ id: OrderID,
        besides current: ReturnID?,
        at places: [RefundPlace]
    ) async throws(Failure) -> Int128 {
        var promised: Int128 = 0
        func missing(_ amount: Money, _ name: RefundName) -> Int128 {
            Int128(places.missingMinor(of: amount, as: name))
        }
        for refund in order.refunds where !refund.isSettled {
            promised += missing(refund.amount, .owed(refund, by: id))
        }
        do throws(OrdersError) {
            try await orders.forEachReturn(of: id) { summary in
                guard summary.id != current, summary.status == .completed, !summary.isSettled,
                    let refunded = summary.refunded
                else { return }
                promised += missing(refunded, .given(by: summary.id))
            }
        } catch {
            throw .order(error)
        }
        return promised
    }

    private func others(of order: Order) async throws(Failure) -> [(order: Order, requirement: TransactionGuard)] {
        do throws(OrdersError) {
            return try await orders.others(of: order)
        } catch {
            throw .order(error)
        }
    }

    private func places(of ids: [PaymentID]) async throws(Failure) -> [RefundPlace] {
        do throws(PaymentError) {
            return try await purchases.places(of: ids)
        } catch {
            throw .payment(error)
        }
    }
}
