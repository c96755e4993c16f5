public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Orders {
    /// Which part of each tender of a purchase belongs to which of its orders, with what each order got back of it:
    /// because it was called off or changed, as goodwill, and for what was returned.
    ///
    /// The tenders are those the buyer has named, else the purchase's one payment. What payments of changes took and gave
    /// back is not of this split, nor is what was given back for no order (``Payments/refundPurchase(_:_:by:key:)``).
    ///
    /// - Returns: The split; nil when nothing was set aside for the purchase, because it costs nothing or is not paid yet.
    /// - Throws: ``OrdersError/unknownGroup(_:)``; ``OrdersError/payment(_:)`` and others when what was paid cannot be
    ///   read; ``OrdersError/split(_:)`` when it does not fit the orders.
    public func split(of id: OrderGroupID, by actor: CommandActor) async throws(OrdersError) -> PaymentSplit? {
        let group = try await group(id, by: actor)
        // The places come first: what was asked of them was recorded under its name before.
        let places = try await refunds.places(of: group.paymentID)
        var given: [PaymentSplit.Refund] = []
        for grouped in group.orders {
            let names = try await refundNames(of: grouped.orderID)
            for place in places {
                for part in place.parts where part.status == .completed {
                    guard names.contains(where: { $0.attempt(of: part.key) != nil }) else { continue }
                    given.append(PaymentSplit.Refund(place.tenderSource, of: grouped.orderID, part.amount))
                }
            }
        }
        // Places stand in the order in which they give, which is the reverse of that in which they were taken.
        let tenders = places.reversed().compactMap(\.tender)
        guard !tenders.isEmpty else { return nil }
        do throws(PaymentSplitError) {
            return try PaymentSplit(tenders, over: group.orders, givenBack: given)
        } catch {
            throw .split(error)
        }
    }

    /// What all refunds of an order are asked for under, its own and those of its returns.
    private func refundNames(of id: OrderID) async throws(OrdersError) -> [RefundName] {
        var names = try await archive.order(id).refunds.map { RefundName.owed($0, by: id) }
        try await archive.forEachReturn(of: id) { summary in
            if summary.status == .completed { names.append(.given(by: summary.id)) }
        }
        return names
    }
}

extension RefundPlace {
    /// Which tender of a purchase it is.
    fileprivate var tenderSource: TenderSource {
        switch source {
        case .payment(let id, _, _): .gateway(id)
        case .credit: .storeCredit
        }
    }

    /// What it set aside and took; nil where it has set nothing aside.
    fileprivate var tender: PaymentSplit.Tender? {
        switch source {
        case .payment(_, let loaded, _):
            loaded.root.amounts.map {
                PaymentSplit.Tender(tenderSource, authorized: $0.authorized, captured: $0.captured)
            }
        case .credit(_, _, let stored):
            switch stored?.value.state {
            case .held: stored.map { hold(of: $0.value, captured: .zero($0.value.amount.currency)) }
            case .spent: stored.map { hold(of: $0.value, captured: $0.value.amount) }
            default: nil
            }
        }
    }

    private func hold(of document: CreditHoldDocument, captured: Money) -> PaymentSplit.Tender {
        PaymentSplit.Tender(tenderSource, authorized: document.amount, captured: captured)
    }
}
