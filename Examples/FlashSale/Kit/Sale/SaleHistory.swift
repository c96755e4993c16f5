package import Marketplace

/// What those who took part in a sale have to tell.
package struct SaleHistory: Sendable {
    /// The plan.
    package let plan: SalePlan
    /// What was offered.
    package let offers: [Offer]
    /// When the terms opened the sale.
    package let opensAt: Timestamp
    /// When the crowd was let in.
    package let opened: Moment
    /// The buyers, as they went.
    package internal(set) var buyers: [BuyerStory] = []
    /// The people who walked away.
    package internal(set) var walkers: [WalkerStory] = []
    /// When everybody had gone.
    package internal(set) var ended: Moment
    /// The orders of the purchases that earlier processes had begun.
    package internal(set) var earlierOrders: Set<OrderID> = []
    /// What the gateway left unanswered.
    package internal(set) var unanswered = WatchedGateway.Counts()

    init(plan: SalePlan, offers: [Offer], opensAt: Timestamp, opened: Moment) {
        self.plan = plan
        self.offers = offers
        self.opensAt = opensAt
        self.opened = opened
        ended = opened
    }

    /// How long it took from the opening to the end of the last purchase that succeeded.
    package var sellingTime: Duration {
        let last = ownPurchases.map(\.ended.elapsed).max()
        return (last ?? opened.elapsed) - opened.elapsed
    }

    /// How many units were bought.
    package var soldCount: Int { buyers.reduce(0) { $0 + $1.attempts.count(where: \.isBought) } }

    /// How long each purchase that succeeded took from the opening on, those of earlier processes left out.
    package var purchaseLatencies: [Duration] {
        ownPurchases.map { $0.ended.elapsed - opened.elapsed }
    }

    /// The purchases that this process has begun.
    private var ownPurchases: [Attempt] {
        buyers.lazy.flatMap(\.attempts).filter { $0.isBought && !$0.isRepeated }
    }
}

extension Attempt {
    /// Whether it ended with a unit.
    package var isBought: Bool {
        if case .bought = result { true } else { false }
    }
}
