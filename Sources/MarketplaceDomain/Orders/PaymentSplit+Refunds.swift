import MarketplaceCore

extension PaymentSplit {
    /// What was given back, by tender and order.
    struct RefundSums {
        private struct Place: Hashable {
            let source: TenderSource
            let order: OrderID
        }

        private var places: [Place: Int64] = [:]
        private var sources: [TenderSource: Int64] = [:]
        private var orders: [OrderID: Int64] = [:]

        /// Adds refunds up, none of which goes beyond its tender or its order.
        init(
            _ refunds: [Refund],
            of tenders: [Tender],
            over orders: [GroupedOrder],
            in currency: Currency
        ) throws(PaymentSplitError) {
            let taken = Dictionary(tenders.map { ($0.source, $0.captured) }) { first, _ in first }
            let totals = Dictionary(orders.map { ($0.orderID, $0.total) }) { first, _ in first }
            for refund in refunds {
                let minorUnits = try PaymentSplit.amount(refund.amount, in: currency)
                let captured = taken[refund.source] ?? .zero(currency)
                let ofSource = sum(of: refund.source)
                // What was added before is no more than what was taken, so what is left fits.
                guard minorUnits <= (try PaymentSplit.amount(captured, in: currency)) - ofSource else {
                    throw .exceedsTaken(refund.source, taken: captured)
                }
                let total = totals[refund.order] ?? .zero(currency)
                let ofOrder = sum(to: refund.order)
                guard minorUnits <= (try PaymentSplit.amount(total, in: currency)) - ofOrder else {
                    throw .exceedsCaptured(refund.order, refundable: total)
                }
                sources[refund.source] = ofSource + minorUnits
                self.orders[refund.order] = ofOrder + minorUnits
                places[Place(source: refund.source, order: refund.order), default: 0] += minorUnits
            }
        }

        func sum(of source: TenderSource) -> Int64 { sources[source] ?? 0 }

        func sum(to order: OrderID) -> Int64 { orders[order] ?? 0 }

        func sum(of source: TenderSource, to order: OrderID) -> Int64 {
            places[Place(source: source, order: order)] ?? 0
        }
    }
}
