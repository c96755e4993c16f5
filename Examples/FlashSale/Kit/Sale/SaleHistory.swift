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
        let last = buyers.lazy.flatMap(\.attempts).filter(\.isBought).map(\.ended.elapsed).max()
        return (last ?? opened.elapsed) - opened.elapsed
    }

    /// How many units were bought.
    package var soldCount: Int { buyers.reduce(0) { $0 + $1.attempts.count(where: \.isBought) } }

    /// How long each purchase that succeeded took from the opening on.
    package var purchaseLatencies: [Duration] {
        buyers.lazy.flatMap(\.attempts).filter(\.isBought).map { $0.ended.elapsed - opened.elapsed }
    }
}

extension Attempt {
    /// Whether it ended with a unit.
    package var isBought: Bool {
        if case .bought = result { true } else { false }
    }
}
