import Marketplace
import MarketplaceTestKit
import Testing

struct RepetitionTests {
    @Test func theKeyOfSomebodyElsesCommandOpensNothing() async throws {
        let clock = ManualClock()
        let store = InMemoryStore(wallClock: clock.wall, clock: clock)
        let orders = Repository(of: Order.self, in: store, codec: .json, identifiers: SeededIdentifiers(seed: 1))
        let (buyer, id) = (MemberID(bits: 1), OrderID(bits: 2))
        let line = OrderLine(sku: "tea", quantity: .one, unitPrice: Money(minorUnits: 500, .eur))
        let now = clock.wall.now
        let create = ActorCommand(OrderAction.create(id: id, buyer: buyer, lines: [line]), by: .buyer(buyer), at: now)
        try await orders.handle(create, on: id, key: "k", at: now)
        let again = try await orders.handle(create, on: id, key: "k", at: now)
        #expect(again.isRepetition)
        for stranger in [CommandActor.buyer(MemberID(bits: 9)), .seller(SellerID(bits: 9)), .visitor] {
            let theirs = ActorCommand(OrderAction.confirm, by: stranger, at: now)
            await #expect {
                try await orders.handle(theirs, on: id, key: "k", at: now)
            } throws: { error in
                guard case .rejected(.forbidden)? = error as? RepositoryError<OrderRejection> else { return false }
                return true
            }
        }
        // Whoever runs the marketplace may ask again for a buyer.
        let operators = ActorCommand(OrderAction.confirm, by: .operator(MemberID(bits: 5)), at: now)
        #expect(try await orders.handle(operators, on: id, key: "k", at: now).isRepetition)
    }
}
