import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

extension SettlementFollower {
    /// With what an order was paid as it was placed: its part of the tenders of its purchase, each allocated over the
    /// orders in their order as ``PaymentSplit`` does.
    func captureTender(of placed: OrderCreated) async throws -> SettlementTender {
        let purchase = PaymentID(bits: placed.groupID?.bits ?? placed.orderID.bits)
        let named = try await reported { () async throws(PaymentError) in try await purchases.tenders(of: purchase) }
        guard let plan = named?.plan else { return .gateway }
        var orders = [GroupedOrder(orderID: placed.orderID, sellerID: placed.sellerID, total: placed.total)]
        if let group = placed.groupID, let grouped = try await groups.loadForProjection(group).root.placed {
            orders = grouped.orders
        }
        let tenders = plan.tenders.map { PaymentSplit.Tender($0.source, authorized: $0.amount) }
        do throws(PaymentSplitError) {
            let split = try PaymentSplit(tenders, over: orders)
            return Self.tender(split.captured(of: placed.orderID, from: .storeCredit))
        } catch {
            throw SettlementError.split(error)
        }
    }

    /// How much of a refund of an order went to the buyer's store credit.
    func credited(by name: RefundName, of order: Order, in currency: Currency) async throws -> Money {
        let places = try await reported { () async throws(PaymentError) in
            try await purchases.places(of: order.refundingPayments)
        }
        return Money(minorUnits: places.creditedMinor(of: name), currency)
    }

    /// The tender of which so much is store credit, if any is.
    static func tender(_ credit: Money) -> SettlementTender {
        credit.isPositive ? .split(storeCredit: credit) : .gateway
    }

    private func reported<Value>(
        _ body: () async throws(PaymentError) -> Value
    ) async throws(SettlementError) -> Value {
        do throws(PaymentError) {
            return try await body()
        } catch {
            if case .failed(let failure) = error { throw .failed(failure) }
            throw .payment(error)
        }
    }
}
