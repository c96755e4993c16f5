import MarketplaceCore
import MarketplacePromotions
import TestSupport

/// Everything that goes into one pricing, drawn at random.
struct RandomPricing {
    /// How large amounts and quantities are.
    enum Size: CaseIterable {
        /// Amounts of a few thousand minor units, and a few units of each line: everything computes.
        case ordinary
        /// Any amount and any quantity, often at a limit: much of it does not compute, and says so.
        case extreme
    }

    var basket: Basket
    var promotions: [Promotion]
    var codes: [PresentedCode]
    var buyer: BuyerFacts
    var usage: [PromotionID: PromotionUsage]
    var time: Timestamp
    var policy: PricingPolicy

    /// Draws a pricing of at most so many promotions.
    init(
        _ run: inout PropertyRun,
        _ size: Size = .ordinary,
        promotions count: Int = 8,
        policy: PricingPolicy? = nil
    ) {
        var draw = RandomRules(run: run, size: size)
        basket = draw.basket()
        promotions = (0..<draw.natural(through: count)).map { draw.promotion("p\($0)") }
        codes = draw.codes()
        buyer = draw.buyer()
        usage = [:]
        for promotion in promotions where draw.isHeads() { usage[promotion.id] = draw.usage() }
        time = draw.time()
        self.policy = policy ?? draw.policy()
        run = draw.run
    }

    /// Prices it.
    func priced() throws(PricingError) -> PricedBasket {
        try basket.priced(with: promotions, codes: codes, buyer: buyer, usage: usage, at: time, policy: policy)
    }
}

/// Draws the parts of a pricing.
struct RandomRules {
    static let currency = Currency.usd

    var run: PropertyRun
    let size: RandomPricing.Size

    mutating func natural(through bound: Int) -> Int { run.natural(through: bound) }

    mutating func isHeads() -> Bool { natural(through: 1) == 0 }

    /// Whether something that is seldom is the case: once in so many times.
    mutating func isSeldom(_ odds: Int) -> Bool { natural(through: odds - 1) == 0 }

    mutating func element<Element>(of elements: [Element]) -> Element { run.element(of: elements) }

    mutating func some<Element>(of elements: [Element]) -> [Element] {
        elements.filter { _ in isHeads() }
    }

    mutating func money(through bound: Int = 3_000) -> Money {
        var minor = Int64(natural(through: isHeads() ? bound : 20))
        if size == .extreme, isHeads() { minor = run.integer() & .max }
        return Money(minorUnits: minor, Self.currency)
    }

    mutating func percentage() -> Percentage {
        switch natural(through: 5) {
        case 0: return .whole
        case 1: return .percent(50)
        case 2: return .basisPoints(Int64(natural(through: 10_000)))
        case 3:
            let below = size == .extreme ? max(1, run.integer() & .max) : Int64(natural(through: 98) + 1)
            let above = Int64(run.generator.next(through: UInt64(below)))
            return (try? Ratio(above, over: below)).map(Percentage.init) ?? .zero
        default: return .percent(Int64(natural(through: 20) * 5))
        }
    }

    /// A number of units that a rule asks for.
    mutating func units(through bound: Int = 5) -> Int {
        size == .extreme && isSeldom(4) ? natural(through: Quantity.maximum - 1) + 1 : natural(through: bound - 1) + 1
    }

    mutating func quantity() -> Quantity {
        if size == .extreme, isHeads() {
            return .units(isHeads() ? Quantity.maximum : natural(through: Quantity.maximum - 1) + 1)
        }
        return .units(isSeldom(8) ? natural(through: 200) + 1 : natural(through: 5) + 1)
    }

    mutating func time() -> Timestamp {
        if size == .extreme, isHeads() { return Timestamp(microsecondsSinceEpoch: run.integer()) }
        return Timestamp(microsecondsSinceEpoch: Int64(natural(through: 1_000)) * 3_600_000_000)
    }
}

// MARK: - Baskets and buyers

extension RandomRules {
    static let sellers: [SellerKey] = ["s0", "s1", "s2"]
    static let categories = ["c0", "c1", "c2"]
    static let products = ["n0", "n1", "n2"]
    static let skus: [SKU] = ["k0", "k1", "k2"]
    static let colours = ["red", "blue", "7"]
    static let couponCodes: [CouponCode] = ["A", "B", "C"]

    mutating func basket() -> Basket {
        let lines = (0..<natural(through: isHeads() ? 12 : 3)).map { line("l\($0)") }
        let shipping = (0..<natural(through: 3)).map { charge("h\($0)") }
        return Basket(Self.currency, lines: lines, shipping: shipping)
    }

    private mutating func line(_ name: String) -> BasketLine {
        let price = money()
        let quantity = quantity()
        var line = BasketLine(Self.key(name), price, quantity: quantity)
        if isSeldom(4) { line.listPrice = money() }
        if isSeldom(4) { line.minimumUnitPrice = isHeads() ? money(through: Int(price.minorUnits % 3_000)) : money() }
        line.isDiscountable = !isSeldom(8)
        if isHeads() { line.sku = element(of: Self.skus) }
        if isHeads() { line.product = element(of: Self.products) }
        line.categories = some(of: Self.categories)
        if isHeads() { line.seller = element(of: Self.sellers) }
        if isHeads() { line.attributes["colour"] = element(of: Self.colours) }
        line.tax = tax()
        return line
    }

    private mutating func charge(_ name: String) -> ShippingCharge {
        var charge = ShippingCharge(Self.key(name), money(through: 500))
        if isHeads() { charge.seller = element(of: Self.sellers) }
        if isHeads() { charge.attributes["colour"] = element(of: Self.colours) }
        charge.tax = tax()
        return charge
    }

    private mutating func tax() -> TaxRate? {
        guard !isSeldom(3) else { return nil }
        let rate = size == .extreme && isSeldom(4) ? (try? run.ratio()).map(Percentage.init) : nil
        let percentage = rate ?? element(of: [.zero, .percent(5), .percent(20), .basisPoints(1_825)])
        return TaxRate(percentage: max(.zero, percentage), isIncluded: isHeads())
    }

    mutating func buyer() -> BuyerFacts {
        var buyer = BuyerFacts()
        if !isSeldom(4) { buyer.member = "member" }
        buyer.groups = Set(some(of: ["g0", "g1"]))
        if isHeads() { buyer.orderNumber = natural(through: 3) }
        buyer.verifiedEmailDomains = Set(some(of: ["snu.ac.kr", "cs.snu.ac.kr", "example.com"]))
        if isHeads() { buyer.country = element(of: ["KR", "DE"]) }
        if isHeads() { buyer.paymentMethod = element(of: ["card", "bank"]) }
        if isHeads() { buyer.attributes["colour"] = element(of: Self.colours) }
        return buyer
    }

    mutating func codes() -> [PresentedCode] {
        some(of: Self.couponCodes + ["UNKNOWN"]).map { PresentedCode($0, for: isSeldom(8) ? "p0" : nil) }
    }

    mutating func usage() -> PromotionUsage {
        let isWild = size == .extreme
        return PromotionUsage(
            total: isWild ? run.integer() : Int64(natural(through: 2)),
            byMember: isWild ? run.integer() : Int64(natural(through: 2)),
            byAttribute: isWild ? run.integer() : Int64(natural(through: 2)),
            spentMinor: isWild ? run.integer() : Int64(natural(through: 1_000))
        )
    }

    static func key<Subject>(_ text: String) -> TextKey<Subject> { TextKey(stringLiteral: text) }
}
