import Marketplace

/// The attempts that buyers had begun in earlier processes, read from the journals that these left behind.
///
/// A buyer makes them again before any other, in the same order: the same request under the same order is the same
/// purchase, so it is told how that has ended, or waits until it has.
struct EarlierAttempts: Sendable {
    private let counts: [Int: Int]
    /// The orders of all of them.
    let orders: Set<OrderID>

    /// None.
    init() {
        counts = [:]
        orders = []
    }

    /// Those whose journals the store of a shop keeps.
    init(in sagas: SagaCoordinator, of plan: SalePlan) async throws {
        var begun: Set<OrderID> = []
        try await sagas.forEachSaga { saga in
            if let order = OrderID(saga.key.text) { begun.insert(order) }
        }
        var counts: [Int: Int] = [:]
        var found: Set<OrderID> = []
        for buyer in 0..<plan.buyers where found.count < begun.count {
            var count = 0
            while true {
                let order: OrderID = BuyerIdentifiers.source(seed: plan.seed, buyer: buyer, attempt: count).next()
                guard begun.contains(order) else { break }
                found.insert(order)
                count += 1
            }
            if count > 0 { counts[buyer] = count }
        }
        self.counts = counts
        orders = begun
    }

    /// How many attempts a buyer had begun.
    func count(of buyer: Buyer) -> Int { counts[buyer.number] ?? 0 }
}

extension SagaCoordinator {
    /// Calls `body` with every saga that the store lists.
    func forEachSaga(_ body: (SagaSummary) -> Void) async throws {
        for status in SagaStatus.allCases {
            var query = SagaQuery(status: status, limit: SagaQuery.maximumLimit)
            while true {
                let page = try await list(query)
                page.sagas.forEach(body)
                guard let next = page.next else { break }
                query = query.continued(after: next)
            }
        }
    }
}
