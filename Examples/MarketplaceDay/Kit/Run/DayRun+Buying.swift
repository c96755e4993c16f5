import Marketplace

extension DayRun {
    /// Has a member fill a cart and pay for it.
    func buy(_ planned: PlannedPurchase, number: Int) async throws {
        let order: OrderID = world.environment.identifiers.next()
        switch try await checkOut(planned, number, as: order) {
        case .confirmed(let state): try await paid(state, planned, number, sentOn: planned.day)
        case .refused(let refusal): refused(refusal, planned, number)
        case .stuck(let stuck): throw DayFault("purchase \(number) is stuck: \(stuck)")
        }
    }

    /// Fills a cart and takes it to the checkout under the name of an order.
    func checkOut(_ planned: PlannedPurchase, _ number: Int, as order: OrderID) async throws -> CheckoutOutcome {
        world.clock.move(to: planned.minute, of: planned.day)
        let member = memberIDs[planned.member]
        let purchase = try await fillCart(planned, number)
        world.gateway.plan(planned.trouble, for: PaymentID(bits: order.bits))
        let request = CheckoutRequest(
            order: order,
            buyer: member,
            purchase: purchase,
            address: try await address(of: planned.member),
            tenders: tenders(of: planned)
        )
        let outcome = try await world.checkout.place(request)
        try await world.carts.perform(
            .clear,
            in: .member(member),
            by: .buyer(member),
            key: key("cart", "\(number)", "clear")
        )
        return outcome
    }

    private func tenders(of planned: PlannedPurchase) -> [CheckoutTender] {
        guard case .storeCredit(let limit) = planned.payment else { return [] }
        let currency = plan.sellers[plan.products[planned.lines[0].product].seller].currency
        return [.storeCredit(upTo: limit.map { Money(minorUnits: $0, currency) }), .gateway()]
    }

    private func fillCart(_ planned: PlannedPurchase, _ number: Int) async throws -> Purchase {
        let member = memberIDs[planned.member]
        var actions = try planned.lines.map { CartAction.add(skus[$0.product], try Quantity($0.quantity)) }
        if let code = planned.code { actions.append(.enterCode(code)) }
        for (index, action) in actions.enumerated() {
            try await world.carts.perform(
                action,
                in: .member(member),
                by: .buyer(member),
                key: key("cart", "\(number)", "\(index)")
            )
        }
        let view = try await world.carts.view(
            of: .member(member),
            by: .buyer(member),
            shipping: try shipping(of: planned)
        )
        guard let purchase = view.purchase else { throw DayFault("the cart of purchase \(number) has no price") }
        return purchase
    }

    /// Each seller's own charge.
    private func shipping(of planned: PlannedPurchase) throws -> [ShippingCharge] {
        var numbers: [Int] = []
        for line in planned.lines {
            let seller = plan.products[line.product].seller
            if !numbers.contains(seller) { numbers.append(seller) }
        }
        return try numbers.map { number in
            let seller = plan.sellers[number]
            return ShippingCharge(
                try BasketLineID("parcel-\(number + 1)"),
                Money(minorUnits: seller.shippingMinor, seller.currency),
                seller: SellerKey(sellerIDs[number])
            )
        }
    }

    private func address(of number: Int) async throws -> AddressID {
        if let known = addressed[number] { return known }
        let id: AddressID = world.environment.identifiers.next()
        let member = memberIDs[number]
        let address = PostalAddress(
            recipient: "Member \(number + 1)",
            lines: ["\(number + 1) Example Street"],
            city: "Example",
            postalCode: "10115",
            country: "DE"
        )
        try await world.addresses.save(address, as: id, of: member, by: .buyer(member))
        addressed[number] = id
        return id
    }

    /// Takes note of what was paid for, and which orders came of it.
    func paid(_ state: CheckoutState, _ planned: PlannedPurchase, _ number: Int, sentOn day: Int) async throws {
        let ids = try state.parts()?.map(\.order) ?? [state.order]
        today.purchases += 1
        if state.shares?.promotions.isEmpty == false { today.discounted += 1 }
        noteCredit(state, ids.count)
        for id in ids {
            let order = try await world.orders.order(id, by: .system)
            guard let placed = order.placed, let seller = order.sellerID else {
                throw DayFault("order \(id) of purchase \(number) has no seller")
            }
            today.orders += 1
            today.sales[placed.total.currency, default: 0] += placed.total.minorUnits
            if planned.isRefundedAsCredit { follow(CreditOwner(placed.buyerID, placed.total.currency)) }
            orders.append(
                DayOrder(
                    id: id,
                    number: number,
                    buyer: placed.buyerID,
                    seller: seller,
                    payment: state.payment,
                    isRefundedAsCredit: planned.isRefundedAsCredit,
                    day: day,
                    fate: planned.fate
                )
            )
        }
        tellTrouble(of: state.payment, number)
    }

    private func noteCredit(_ state: CheckoutState, _ orderCount: Int) {
        let sources = (state.capture ?? []).filter(\.tender.amount.isPositive).map(\.tender.source)
        guard sources.contains(.storeCredit) else { return }
        today.creditPurchases += 1
        if sources.count == 1 { today.creditOnly += 1 }
        if orderCount > 1 { today.creditOfSeveral += 1 }
    }

    private func tellTrouble(of payment: PaymentID, _ number: Int) {
        switch world.gateway.happened(to: payment) {
        case .timeOutBeforeCharging:
            note(
                .timeOutBeforeCharging,
                "Purchase \(number): the gateway never saw the charge; asked again, paid once."
            )
        case .timeOutAfterCharging:
            note(
                .timeOutAfterCharging,
                "Purchase \(number): the gateway charged and kept silent; looked up, paid once."
            )
        case .earlyNotice:
            note(.earlyWebhook, "Purchase \(number): the webhook was faster than the answer; recorded once.")
        default: break
        }
    }

    private func refused(_ refusal: CheckoutRefusal, _ planned: PlannedPurchase, _ number: Int) {
        switch refusal {
        case .stock(.expired):
            today.refusals[.holdExpired, default: 0] += 1
            note(.holdExpired, "Purchase \(number): paid too late, the goods were not held any more; nothing charged.")
        case .stock: today.refusals[.outOfStock, default: 0] += 1
        case .payment: today.refusals[.declined, default: 0] += 1
        default:
            today.refusals[.other, default: 0] += 1
            today.notes.append("Purchase \(number) was refused: \(refusal).")
        }
    }
}
