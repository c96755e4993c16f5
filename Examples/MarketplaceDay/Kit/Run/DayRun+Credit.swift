import Marketplace

extension DayRun {
    /// How many entries of a ledger are read at once.
    private static let entryPage = 100
    /// At which minute of its last day credit expires: after the shops have closed.
    private static let expiryMinute = 20 * 60

    /// Gives members the store credit that is planned for a day: of the operator, or of gift cards.
    func giveCredit(_ day: Int) async throws {
        world.clock.move(to: 8 * 60 + 50, of: day)
        for (number, credit) in plan.credits.enumerated() where credit.day == day {
            let member = memberIDs[credit.member]
            let expiry = credit.lastsForDays.map {
                DayClock.start.advanced(by: .days(day + $0) + .minutes(Self.expiryMinute))
            }
            switch credit.source {
            case .grant:
                try await world.credits.grant(
                    credit.amount,
                    to: member,
                    expiringAt: expiry,
                    by: DayWorld.staff,
                    key: key("grant", "\(number)")
                )
            case .giftCard:
                let code = try await world.cards.issue(
                    credit.amount,
                    expiringAt: expiry,
                    by: DayWorld.staff,
                    key: key("card", "\(number)")
                )
                try await world.cards.redeem(
                    code,
                    to: member,
                    by: .buyer(member),
                    key: key("redeem", "\(number)")
                )
                today.cards += 1
            }
            follow(CreditOwner(member, credit.amount.currency))
        }
    }

    /// Has what is given back of an order go where its buyer wants it.
    func chooseRefund(of order: DayOrder) async throws {
        guard order.isRefundedAsCredit else { return }
        try await world.payments.sendRefunds(to: .storeCredit, of: order.payment, by: .buyer(order.buyer))
    }

    /// Follows what becomes of somebody's credit from now on.
    func follow(_ owner: CreditOwner) {
        guard creditEntries[owner] == nil else { return }
        creditEntries[owner] = 0
        creditOwners.append(owner)
    }

    /// Takes off what has expired, and counts what has become of all credit on this day.
    func closeCredit() async throws {
        let sweeps = [try await world.credits.expireHolds(), try await world.credits.expireCredit()]
        if let failure = sweeps.flatMap(\.failures).first { throw DayFault("a sweep of credit failed: \(failure)") }
        for owner in creditOwners {
            var count = creditEntries[owner, default: 0]
            while true {
                let entries = try await world.credits.entries(
                    of: owner.member,
                    owner.currency,
                    after: count,
                    limit: Self.entryPage,
                    by: DayWorld.staff
                )
                for (movement, owner, minor) in entries.compactMap(CreditMovement.of) {
                    today.credit[movement, default: [:]][owner.currency, default: 0] += minor
                }
                count += entries.count
                if entries.count < Self.entryPage { break }
            }
            creditEntries[owner] = count
        }
    }
}
