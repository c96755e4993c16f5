import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport

/// A shop that sells tea and cups from an inventory in memory, and keeps carts.
struct CartShop {
    static let member = MemberID(bits: 7)
    static let owner = CartOwner.member(member)
    static let buyer = CommandActor.buyer(member)
    static let visitor = VisitorID(bits: 8)

    let clock = ManualClock()
    let store: InMemoryStore
    let inventory = InMemoryInventory()
    let shelf = Shelf()
    let carts: Carts

    /// What is on sale; tests change it.
    final class Shelf: CartOffers {
        private let offers = Mutex<[SKU: CartOffer]>([:])

        func put(_ sku: SKU, _ price: Money, rule: QuantityRule = .any) {
            offers.withLock { $0[sku] = CartOffer(BasketLine(sku.retyped(), price), quantityRule: rule) }
        }

        func remove(_ sku: SKU) {
            offers.withLock { $0[sku] = nil }
        }

        func offers(
            for quantities: [SKU: Quantity],
            to buyer: BuyerFacts,
            at time: Timestamp
        ) async throws(CartError) -> [SKU: CartOffer] {
            offers.withLock { $0.filter { quantities[$0.key] != nil } }
        }
    }

    init(promotions: [Promotion] = []) throws {
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
        let environment = ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 1),
            wallClock: clock.wall
        )
        carts = Carts(
            in: environment,
            offers: shelf,
            inventory: inventory,
            pricing: CheckoutPricing(promotions: ListedPromotions(promotions))
        )
        shelf.put("tea", Money(minorUnits: 500, .eur))
        shelf.put("cup", Money(minorUnits: 900, .eur))
        for (number, sku) in (["tea", "cup"] as [SKU]).enumerated() {
            let id = MovementID(bits: UInt128(number + 1))
            try inventory.record(.restock(id: id, sku: sku, quantity: .units(10), at: clock.wall.now))
        }
    }

    static func euros(_ cents: Int64) -> Money { Money(minorUnits: cents, .eur) }

    @discardableResult
    func perform(_ action: CartAction, key: IdempotencyKey) async throws(CartError) -> Cart {
        try await carts.perform(action, in: Self.owner, by: Self.buyer, key: key)
    }

    func view() async throws(CartError) -> CartView {
        try await carts.view(of: Self.owner, by: Self.buyer)
    }
}
