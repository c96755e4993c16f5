import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

struct CartsTests {
    @Test func aCartIsPricedAnewWithEveryLook() async throws {
        let shop = try CartShop()
        try await shop.perform(.add("tea", .units(2)), key: "1")
        try await shop.perform(.add("cup", .one), key: "2")
        let first = try await shop.view()
        #expect(first.quote?.priced.totals.total == CartShop.euros(1_900) && first.warnings.isEmpty)
        #expect(first.purchase?.statedTotal == CartShop.euros(1_900) && first.isBuyable)
        try await shop.perform(.acknowledge(first.prices), key: "3")
        shop.shelf.put("tea", CartShop.euros(550))
        let second = try await shop.view()
        #expect(second.quote?.priced.totals.total == CartShop.euros(2_000))
        #expect(second.warnings == [.priceChanged("tea", seen: CartShop.euros(500), now: CartShop.euros(550))])
        #expect(second.isBuyable)
        try await shop.perform(.acknowledge(second.prices), key: "4")
        #expect(try await shop.view().warnings.isEmpty)
    }

    @Test func theBuyerIsToldWhatCannotBeHad() async throws {
        let shop = try CartShop()
        shop.shelf.put("pot", CartShop.euros(2_000))
        shop.shelf.put("tin", Money(minorUnits: 100, .usd))
        let rule = try #require(QuantityRule(minimum: .units(6), step: .units(6)))
        shop.shelf.put("cup", CartShop.euros(900), rule: rule)
        let wanted: [(SKU, Int)] = [("tea", 11), ("cup", 8), ("pot", 1), ("tin", 1), ("spoon", 1)]
        for (number, (sku, count)) in wanted.enumerated() {
            try await shop.perform(.add(sku, .units(count)), key: number == 0 ? "0" : .init(CartID(number)))
        }
        let view = try await shop.view()
        #expect(
            view.warnings == [
                .insufficientStock("tea", wanted: .units(11), available: 10),
                .quantityNotAllowed("cup", wanted: .units(8), rule: rule, nearest: .units(6)),
                .insufficientStock("pot", wanted: .one, available: 0), .otherCurrency("tin", .usd, rest: .eur),
                .notOnSale("spoon"),
            ]
        )
        #expect(!view.isBuyable)
        #expect(view.purchase?.basket.lines.map(\.sku) == ["tea", "cup", "pot"])
    }

    @Test func aCodeIsTriedAndExplained() async throws {
        let promotion = Promotion(
            "spring",
            .percentOff(.percent(10)),
            codes: ["SPRING"]
        )
        let shop = try CartShop(promotions: [promotion])
        try await shop.perform(.add("tea", .units(2)), key: "1")
        #expect(try await shop.view().quote?.priced.totals.total == CartShop.euros(1_000))
        try await shop.perform(.enterCode("SPRING"), key: "2")
        try await shop.perform(.enterCode("AUTUMN"), key: "3")
        let view = try await shop.view()
        #expect(view.quote?.priced.totals.total == CartShop.euros(900))
        let codes = try #require(view.quote?.priced.codes)
        #expect(codes.first { $0.code == "SPRING" }?.isUsed == true)
        #expect(codes.first { $0.code == "AUTUMN" }?.isUsed != true)
        try await shop.perform(.withdrawCode("SPRING"), key: "4")
        #expect(try await shop.view().quote?.priced.totals.total == CartShop.euros(1_000))
    }

    @Test func aLoginMergesCartAndWishListOnceAndRemovesTheVisitors() async throws {
        let shop = try CartShop()
        let visitor = CartOwner.visitor(CartShop.visitor)
        try await shop.carts.perform(.add("tea", .units(3)), in: visitor, by: .visitor, key: "1")
        try await shop.carts.perform(.add("cup", .one), inWishListOf: visitor, by: .visitor, key: "1")
        try await shop.perform(.add("tea", .one), key: "1")
        for _ in 0..<2 {
            let merged = try await shop.carts.merge(
                CartShop.visitor,
                into: CartShop.member,
                by: CartShop.buyer,
                key: "login"
            )
            #expect(merged.lines.map(\.quantity.value) == [3])
        }
        #expect(try await shop.carts.cart(of: visitor, by: .visitor).isEmpty)
        #expect(try await shop.carts.wishList(of: visitor, by: .visitor).isEmpty)
        #expect(try await shop.carts.wishList(of: CartShop.owner, by: CartShop.buyer).wishes.map(\.sku) == ["cup"])
    }

    @Test func whatAVisitorPutsInAfterALoginIsNotLostByItsRepetition() async throws {
        let shop = try CartShop()
        let visitor = CartOwner.visitor(CartShop.visitor)
        for (sku, key) in [("tea", "1"), ("cup", "2")] as [(SKU, IdempotencyKey)] {
            try await shop.carts.perform(.add(sku, .one), in: visitor, by: .visitor, key: key)
            try await shop.carts.perform(.add(sku, .one), inWishListOf: visitor, by: .visitor, key: key)
            try await shop.carts.merge(CartShop.visitor, into: CartShop.member, by: CartShop.buyer, key: "login")
        }
        #expect(try await shop.carts.cart(of: CartShop.owner, by: CartShop.buyer).lines.map(\.sku) == ["tea"])
        #expect(try await shop.carts.cart(of: visitor, by: .visitor).lines.map(\.sku) == ["cup"])
        #expect(try await shop.carts.wishList(of: visitor, by: .visitor).wishes.map(\.sku) == ["cup"])
    }

    @Test func aCartThatWasNotTouchedForLongIsRemoved() async throws {
        let shop = try CartShop()
        let visitor = CartOwner.visitor(CartShop.visitor)
        try await shop.carts.perform(.add("tea", .one), in: visitor, by: .visitor, key: "1")
        try await shop.perform(.add("tea", .one), key: "1")
        shop.clock.advance(by: .days(29))
        #expect(try await shop.carts.sweep() == 0)
        shop.clock.advance(by: .days(2))
        #expect(try await shop.carts.sweep() == 1)
        #expect(try await shop.carts.cart(of: visitor, by: .visitor).isEmpty)
        #expect(try await shop.carts.cart(of: CartShop.owner, by: CartShop.buyer).lines.count == 1)
        // Whoever comes back keeps theirs.
        try await shop.perform(.add("tea", .one), key: "2")
        shop.clock.advance(by: .days(364))
        #expect(try await shop.carts.sweep() == 0)
    }

    @Test(arguments: CommandParty.allCases)
    func strangersNeitherSeeNorChangeAMembersCart(_ party: CommandParty) async throws {
        let shop = try CartShop()
        let actor: CommandActor =
            switch party {
            case .visitor: .visitor
            case .member: .buyer(MemberID(bits: 99))
            case .owner: CartShop.buyer
            case .otherSeller, .seller: .seller(SellerID(bits: 5))
            case .operator: .operator(MemberID(bits: 6))
            case .system: .system
            }
        var (isRead, isChanged) = (true, true)
        do { _ = try await shop.carts.cart(of: CartShop.owner, by: actor) } catch .forbidden { isRead = false }
        do {
            try await shop.carts.perform(.add("tea", .one), in: CartShop.owner, by: actor, key: "1")
        } catch .forbidden {
            isChanged = false
        }
        #expect(isRead == [.owner, .operator, .system].contains(party))
        #expect(isChanged == [.owner, .system].contains(party))
        #expect(try await shop.carts.cart(of: CartShop.owner, by: .system).isEmpty == !isChanged)
    }

    @Test func noAdditionIsLostWhenManyDevicesAddAtOnce() async throws {
        let shop = try CartShop()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask { try await shop.perform(.add("tea", .one), key: IdempotencyKey(CartID(number))) }
            }
            try await group.waitForAll()
        }
        #expect(try await shop.view().cart.line("tea")?.quantity.value == 12)
    }

    @Test func aRefusedChangeChangesNothing() async throws {
        let shop = try CartShop()
        await #expect(throws: CartError.refused(.notInCart("tea"))) {
            try await shop.perform(.setQuantity("tea", .one), key: "1")
        }
        #expect(try await shop.view().purchase == nil)
    }
}

extension Identifier<Int> {
    fileprivate init(_ number: Int) { self.init(bits: UInt128(number)) }
}

private typealias CartID = Identifier<Int>
