import Marketplace

extension DayEvidence {
    /// Reads everything a marketplace has kept.
    package init(from world: DayWorld) async throws {
        gatewayEntries = try world.bank.entries()
        sentPayouts = world.payoutBank.sent
        try await readFeed(of: world.environment.store)
        try await readCredit(of: world.credits)
        balances = try await world.settlement.trialBalance(in: DayPlan.currencies, by: DayWorld.staff).minorUnits
        let report = try await PaymentReconciler(in: world.environment, statement: world.bank).report()
        paymentDifferences = report.differences.map(\.description)
        matchedMovements = report.matchedCount
        for status in [SagaStatus.running, .waiting, .stuck] {
            let count = try await world.checkout.sagas.list(SagaQuery(status: status)).sagas.count
            if count > 0 { openSagas[status] = count }
        }
        verifiedAddresses = world.mail.delivered.filter { $0.template == .verifyEmail }.map(\.address.text)
        stock = try await world.inventory.stock(of: Array(Set(orders.values.lazy.flatMap(\.lines).map(\.sku))))
        waitingNotices = try await world.notices.waitingCount()
        failedNotices = world.notices.failures
        unposted = try await world.follower.unposted(by: .system).map { "\($0)" }
        var last: ReservationID?
        repeat {
            let slice = try await world.inventory.openReservations(after: last, limit: InventoryLimits.pageSize)
            heldReservations += slice.reservations.count { $0.state == .held }
            last = slice.next
        } while last != nil
    }

    private mutating func readFeed(of store: some Store) async throws {
        var position = FeedPosition.start
        var isCaughtUp = false
        let categories =
            try [
                Order.category, OrderReturn.category, Payment.category, Payout.category, OrderSettlement.category,
            ].map { try StreamCategory($0) } + [StoreCredits.category, GiftCards.category]
        var readers = DayReaders()
        while !isCaughtUp {
            let slice = try await store.events(
                after: position,
                matching: .categories(Set(categories)),
                limit: StoreLimits.pageSize
            )
            for event in slice.events { try readers.take(event) }
            position = slice.position
            isCaughtUp = slice.isCaughtUp
        }
        orders = readers.orders.byID
        confirmed = readers.confirmed
        returns = readers.returns.byID
        payments = readers.payments.byID
        payouts = readers.payouts.byID
        entries = readers.entries
        creditEntries = readers.creditEntries
        redeemedCards = readers.redeemedCards
    }

    private mutating func readCredit(of credits: StoreCredits) async throws {
        for owner in Set(creditEntries.compactMap { CreditMovement.of($0)?.owner }) {
            let balance = try await credits.balance(of: owner.member, owner.currency, by: DayWorld.staff)
            creditLeft[owner] = CreditLeft(
                availableMinor: balance.available.minorUnits,
                heldMinor: balance.held.minorUnits
            )
        }
    }
}
