import ExampleSupport
import Marketplace

/// Plays a plan at a marketplace, day by day.
///
/// Everything happens one after the other, so that the story follows from the seed alone.
package final class DayRun {
    /// What is played.
    let plan: DayPlan
    /// Where.
    let world: DayWorld
    /// What happened on the days that are over.
    var history: DayHistory
    /// What happens on this day.
    var today: DayTally
    /// The members, by number.
    var memberIDs: [MemberID] = []
    /// The sellers, by number.
    var sellerIDs: [SellerID] = []
    /// The SKUs of the products, by number.
    var skus: [SKU] = []
    /// The orders that were paid for.
    var orders: [DayOrder] = []
    /// The members who have an address.
    var addressed: [Int: AddressID] = [:]
    /// The purchases that have begun.
    var purchaseCount = 0
    /// The purchases that were made in exchange for something; they are numbered after those that are planned.
    var exchangeCount = 0
    /// Who has, or had, store credit, in the order in which they came to it.
    var creditOwners: [CreditOwner] = []
    /// How many entries of their ledgers were counted.
    var creditEntries: [CreditOwner: Int] = [:]
    /// The mails that were read.
    var readMails = 0

    /// A run that has not begun.
    package init(_ plan: DayPlan, in world: DayWorld) {
        self.plan = plan
        self.world = world
        history = DayHistory(plan: plan)
        today = DayTally(day: 0)
    }

    /// Plays all days.
    ///
    /// - Parameter tell: Is told what happened on each day.
    /// - Returns: What happened.
    /// - Throws: What a service throws that the plan does not provide for.
    package func run(telling tell: (DayTally) -> Void = { _ in }) async throws -> DayHistory {
        for day in 0..<plan.settings.days {
            today = DayTally(day: day)
            try await play(day)
            history.days.append(today)
            tell(today)
        }
        return history
    }

    private func play(_ day: Int) async throws {
        if day == 0 { try await openMarketplace() }
        try await welcome(membersOf: day)
        if day == 0 { try await openShops() }
        try await restock(day)
        try await giveCredit(day)
        try await deliver(day)
        try await takeBack(day)
        while purchaseCount < plan.purchases.count, plan.purchases[purchaseCount].day == day {
            purchaseCount += 1
            try await buy(plan.purchases[purchaseCount - 1], number: purchaseCount)
        }
        try await send(day)
        try await askForReturns(day)
        try await bringNotices(day)
        try await closeBooks(day)
    }

    /// The key of a command of this run.
    func key(_ parts: String...) throws -> IdempotencyKey {
        try IdempotencyKey(parts.joined(separator: "/"))
    }

    /// Takes note that something went wrong and was put right.
    func note(_ trouble: DayTrouble, times count: Int = 1, _ text: String) {
        today.troubles[trouble, default: 0] += count
        today.notes.append(text)
    }
}
