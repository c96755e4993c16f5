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
        if let id = order.id {
            leftMinor -= try await promises(by: order, id, besides: current, at: places).reduce(0) {
                $0 + $1.minorUnits
            }
        }
        for (other, requirement) in try await others(of: order) {
            guard let id = other.id else { continue }
            transaction.require(requirement)
            let own = try await self.places(of: other.changePayments)
            for place in own { transaction.require(place.requirement) }
            var ownMinor = own.map { $0.refundable?.currency == currency ? Int128($0.refundable?.minorUnits ?? 0) : 0 }
            // Those that the fewest payments may give come first: what only the first payment can give is told exactly.
            for promise in try await promises(by: other, id, besides: current, at: places + own) {
                var restMinor = promise.minorUnits
                for index in ownMinor.indices.prefix(promise.changePaymentCount) {
                    let part = min(restMinor, ownMinor[index])
                    ownMinor[index] -= part
                    restMinor -= part
                }
                leftMinor -= restMinor
            }
        }
        return leftMinor
    }

    /// Whether the payments of an order's purchase have more refunds to spare than its orders may still need.
    func hasRefundsToSpare(beside order: Order) async throws(Failure) -> Bool {
        guard let purchase = order.paymentID else { return true }
        let needed = (try await others(of: order).count + 1) * Self.refundsPerOrder
        return try await places(of: [purchase]).allSatisfy { $0.spareRefundCount > needed }
    }

    /// How many refunds of a shared payment are kept for each order: one for its end, and one for an attempt refused.
    private static let refundsPerOrder = 2

    /// What an order or a return of it was promised and nobody has begun to give.
    private struct Promise {
        /// How many payments of changes, the earliest first, may give it beside the purchase's own.
        let changePaymentCount: Int
        let minorUnits: Int128
    }

    /// What an order and its returns were promised to give and have not begun to, the order's own in their order.
    private func promises(
        by order: Order,
        _ id: OrderID,
        besides current: ReturnID?,
        at places: [RefundPlace]
    ) async throws(Failure) -> [Promise] {
        var promises: [Promise] = []
        func missing(_ amount: Money, _ name: RefundName) -> Int128 {
            Int128(places.missingMinor(of: amount, as: name))
        }
        for refund in order.refunds where !refund.isSettled {
            let minorUnits = missing(refund.amount, .owed(refund, by: id))
            promises.append(Promise(changePaymentCount: refund.changePaymentCount, minorUnits: minorUnits))
        }
        do throws(OrdersError) {
            try await orders.forEachReturn(of: id) { summary in
                guard summary.id != current, summary.status == .completed, !summary.isSettled,
                    let refunded = summary.refunded
                else { return }
                let minorUnits = missing(refunded, .given(by: summary.id))
                promises.append(Promise(changePaymentCount: order.changePayments.count, minorUnits: minorUnits))
            }
        } catch {
            throw .order(error)
        }
        return promises
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
