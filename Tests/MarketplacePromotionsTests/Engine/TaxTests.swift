import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// Tax on what is paid.
struct TaxTests {
    private func priced(
        _ lines: [(price: Int64, tax: TaxRate?)],
        _ promotions: [Promotion] = [],
        _ tax: TaxPolicy = TaxPolicy()
    ) throws -> PricedBasket {
        let lines = lines.enumerated().map { BasketLine(RandomRules.key("\($0)"), .usd($1.price), tax: $1.tax) }
        return try Basket(.usd, lines: lines).priced(with: promotions, at: .epoch, policy: PricingPolicy(tax: tax))
    }

    @Test func taxIsContainedInAPriceOrComesOnTop() throws {
        let priced = try priced([(1_200, .included(.percent(20))), (1_000, .added(.percent(20))), (500, nil)])
        #expect(priced.lines.map(\.paid.net) == [.usd(1_000), .usd(1_000), .usd(500)])
        #expect(priced.lines.map(\.paid.tax) == [.usd(200), .usd(200), .usd(0)])
        #expect(priced.lines.map(\.paid.gross) == [.usd(1_200), .usd(1_200), .usd(500)])
        #expect(priced.totals.total == .usd(2_900))
        #expect(priced.taxes.map(\.rate) == [.included(.percent(20)), .added(.percent(20)), nil])
    }

    @Test func bothNetAndGrossShrinkWithADiscount() throws {
        let tenth = Promotion("it", .percentOff(.percent(10)))
        let priced = try priced([(1_200, .included(.percent(20))), (1_000, .added(.percent(20)))], [tenth])
        #expect(priced.lines.map(\.before.net) == [.usd(1_000), .usd(1_000)])
        #expect(priced.lines.map(\.paid.net) == [.usd(900), .usd(900)])
        #expect(priced.lines.map(\.paid.gross) == [.usd(1_080), .usd(1_080)])
        let free = try self.priced([(1_200, .included(.percent(20)))], [Promotion("it", .percentOff(.whole))])
        #expect(free.totals.tax.isZero && free.totals.total.isZero)
    }

    @Test func taxIsRoundedForEachLineOrOnceForEachRate() throws {
        let lines = [Int64](repeating: 103, count: 3).map { ($0, TaxRate?.some(.added(.percent(10)))) }
        #expect(try priced(lines).totals.tax == .usd(30))
        let once = try priced(lines, [], TaxPolicy(place: .rate))
        // 30.9 of all; the lines have shares of it.
        #expect(once.totals.tax == .usd(31))
        #expect(once.lines.map(\.paid.tax) == [.usd(11), .usd(10), .usd(10)])
        #expect(try priced(lines, [], TaxPolicy(rounding: .down, place: .rate)).totals.tax == .usd(30))
    }
}
