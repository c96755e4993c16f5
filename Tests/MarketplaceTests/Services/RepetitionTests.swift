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
        // Whoever runs the marketplace may ask again for a buyer, and is told when it is something else.
        let operators = CommandActor.operator(MemberID(bits: 5))
        let same = ActorCommand(create.action, by: operators, at: now.advanced(by: .seconds(60)))
        #expect(try await orders.handle(same, on: id, key: "k", at: now).isRepetition)
        let other = ActorCommand(OrderAction.confirm, by: operators, at: now)
        await #expect {
            try await orders.handle(other, on: id, key: "k", at: now)
        } throws: { error in
            guard case .store(.conflict(.commandKeyReused)) = error as? RepositoryError<OrderRejection> else {
                return false
            }
            return true
        }
    }
}
