import MarketplaceCore
import MarketplaceDomain
import Testing

struct WishListTests {
    @Test func wishingForTheSameThingTwiceAddsTheUnitsUp() throws {
        var list = WishList()
        try list.perform(.add("tea", .one), key: "a", at: Example.now)
        try list.perform(.add("tea", Quantity(2)), key: "b", at: Example.now)
        try list.perform(.add("tea", Quantity(2)), key: "b", at: Example.now)
        #expect(list.wishes.map(\.quantity.value) == [3])
        try list.perform(.setQuantity("tea", .one), key: "c", at: Example.now)
        #expect(throws: CartRejection.notInCart("cup")) {
            try list.perform(.setQuantity("cup", .one), key: "d", at: Example.now)
        }
        try list.perform(.remove("tea"), key: "e", at: Example.now)
        #expect(list.isEmpty)
    }

    @Test func aLoginKeepsTheLargerWishOfBoth() throws {
        var (list, visitors) = (WishList(), WishList())
        try list.perform(.add("tea", Quantity(2)), key: "a", at: Example.now)
        try visitors.perform(.add("tea", Quantity(3)), key: "a", at: Example.now)
        try visitors.perform(.add("cup", .one), key: "b", at: Example.now)
        let isMerged = list.merge(visitors, key: "login")
        let isMergedAgain = list.merge(visitors, key: "login")
        #expect(isMerged && !isMergedAgain)
        #expect(list.wishes.map { "\($0.quantity) \($0.sku)" } == ["3 tea", "1 cup"])
    }

    @Test func thereIsABound() throws {
        var list = WishList()
        for number in 0..<WishList.maximumWishes {
            try list.perform(.add(Example.key("sku ", number), .one), key: Example.key("", number), at: Example.now)
        }
        #expect(throws: CartRejection.tooManyLines(maximum: WishList.maximumWishes)) {
            try list.perform(.add("more", .one), key: "more", at: Example.now)
        }
    }
}

struct QuantityRuleTests {
    @Test(arguments: [(1, 5), (5, 5), (6, 5), (7, 5), (11, 11), (16, 11), (17, 17), (99, 17)])
    func theLargestNumberKeepsTheRule(_ wanted: Int, _ largest: Int) throws {
        let rule = try #require(try QuantityRule(minimum: Quantity(5), maximum: Quantity(20), step: Quantity(6)))
        let quantity = try Quantity(wanted)
        #expect(rule.largest(upTo: quantity)?.value == (wanted < 5 ? nil : largest))
        #expect(rule.allows(quantity) == (wanted == largest))
    }

    @Test func aRuleNoNumberKeepsIsNone() throws {
        #expect(try QuantityRule(minimum: Quantity(3), maximum: Quantity(2)) == nil)
        #expect(QuantityRule.any.allows(.one))
    }
}
