import MarketplaceCore
import MarketplaceDomain
import Testing

struct CartTests {
    private static func cart(_ lines: [(SKU, Int)], codes: [CouponCode] = []) throws -> Cart {
        var cart = Cart()
        for (index, (sku, count)) in lines.enumerated() {
            let key: IdempotencyKey = Example.key("line", index)
            try cart.perform(.add(sku, Quantity(count)), key: key, at: Example.now)
        }
        for code in codes { try cart.perform(.enterCode(code), key: code.retyped(), at: Example.now) }
        return cart
    }

    private static func content(_ cart: Cart) -> [String] {
        cart.lines.map { "\($0.quantity) \($0.sku)" } + cart.codes.map(\.text)
    }

    @Test func theSameThingTwiceIsOneLine() throws {
        #expect(Self.content(try Self.cart([("tea", 1), ("cup", 2), ("tea", 3)])) == ["4 tea", "2 cup"])
    }

    @Test func aRepeatedCommandChangesNothing() throws {
        var cart = Cart()
        #expect(try cart.perform(.add("tea", .one), key: "a", at: Example.now))
        #expect(try !cart.perform(.add("tea", .one), key: "a", at: Example.now))
        #expect(try cart.perform(.add("tea", .one), key: "b", at: Example.now))
        #expect(Self.content(cart) == ["2 tea"])
        // A key is remembered for a bounded number of commands.
        for number in 0..<Cart.rememberedKeys {
            try cart.perform(.setQuantity("tea", Quantity(number + 10)), key: Example.key("c", number), at: Example.now)
        }
        #expect(try cart.perform(.setQuantity("tea", .one), key: "b", at: Example.now))
    }

    @Test func linesAreChangedAndTakenOut() throws {
        var cart = try Self.cart([("tea", 1), ("cup", 2)], codes: ["SPRING"])
        try cart.perform(.setQuantity("tea", Quantity(5)), key: "1", at: Example.now)
        try cart.perform(.remove("cup"), key: "2", at: Example.now)
        #expect(Self.content(cart) == ["5 tea", "SPRING"])
        #expect(throws: CartRejection.notInCart("cup")) {
            try cart.perform(.setQuantity("cup", .one), key: "3", at: Example.now)
        }
        #expect(try !cart.perform(.remove("cup"), key: "4", at: Example.now))
        try cart.perform(.withdrawCode("SPRING"), key: "5", at: Example.now)
        try cart.perform(.clear, key: "6", at: Example.now)
        #expect(cart.isEmpty)
    }

    @Test func boundsAreKept() throws {
        var cart = Cart()
        for number in 0..<Cart.maximumLines {
            try cart.perform(.add(Example.key("sku ", number), .one), key: Example.key("", number), at: Example.now)
        }
        #expect(throws: CartRejection.tooManyLines(maximum: Cart.maximumLines)) {
            try cart.perform(.add("one more", .one), key: "more", at: Example.now)
        }
        for number in 0..<Cart.maximumCodes {
            try cart.perform(.enterCode(Example.key("code ", number)), key: Example.key("c", number), at: Example.now)
        }
        #expect(throws: CartRejection.tooManyCodes(maximum: Cart.maximumCodes)) {
            try cart.perform(.enterCode("one more"), key: "more", at: Example.now)
        }
        let most = try Quantity(Quantity.maximum)
        try cart.perform(.setQuantity("sku 0", most), key: "most", at: Example.now)
        #expect(throws: CartRejection.quantity("sku 0", .tooLarge(Int64(Quantity.maximum) + 1))) {
            try cart.perform(.add("sku 0", .one), key: "over", at: Example.now)
        }
    }

    @Test(arguments: [
        (CartMergePolicy.larger, ["3 tea", "2 cup", "1 pot", "A", "B"]), (.sum, ["4 tea", "2 cup", "1 pot", "A", "B"]),
        (.members, ["1 tea", "2 cup", "1 pot", "A", "B"]),
    ])
    func aLoginMergesTheVisitorsCartOnce(_ policy: CartMergePolicy, _ expected: [String]) throws {
        var cart = try Self.cart([("tea", 1), ("cup", 2)], codes: ["A"])
        let visitors = try Self.cart([("tea", 3), ("pot", 1)], codes: ["B", "A"])
        let isMerged = cart.merge(visitors, policy, key: "login")
        let isMergedAgain = cart.merge(visitors, policy, key: "login")
        #expect(isMerged && !isMergedAgain)
        #expect(Self.content(cart) == expected)
    }

    @Test func aLoginDoesNotFailBecauseOfAFullCart() throws {
        var cart = Cart()
        for number in 0..<Cart.maximumLines {
            try cart.perform(.add(Example.key("sku ", number), .one), key: Example.key("", number), at: Example.now)
        }
        let visitors = try Self.cart([("one more", 1), ("sku 0", 7)])
        cart.merge(visitors, .larger, key: "login")
        #expect(cart.lines.count == Cart.maximumLines && cart.line("sku 0")?.quantity.value == 7)
    }

    @Test func seenPricesAreKeptByLine() throws {
        var cart = try Self.cart([("tea", 1), ("cup", 2)])
        try cart.perform(.acknowledge(["tea": Example.won(10), "pot": Example.won(1)]), key: "a", at: Example.now)
        #expect(cart.lines.map(\.seenPrice) == [Example.won(10), nil])
        try cart.perform(.acknowledge(["cup": Example.won(20)]), key: "b", at: Example.now)
        #expect(cart.lines.map(\.seenPrice) == [Example.won(10), Example.won(20)])
    }
}
