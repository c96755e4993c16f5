import MarketplaceCore
import MarketplacePromotions
import Testing

/// Compares a priced basket with what a case expects; a key nobody understands fails the test.
struct PublishedExpectations {
    let published: PublishedCase
    let priced: PricedBasket

    /// Checks every key of the expectation.
    ///
    /// Keys with `_unrounded` in them are fractions of minor units; `note` and `our_invariant` are words.
    func check(besides others: Set<String> = []) throws {
        for (key, value) in published.expected.object where !others.contains(key) && !key.contains("_unrounded") {
            switch key {
            case "total_discount", "discount": try expect(priced.totals.discount, value, key)
            case "item_discount", "subtotal_discount": try expect(priced.totals.goodsDiscount, value, key)
            case "shipping_discount": try expect(priced.totals.shippingDiscount, value, key)
            case "cart_total", "final", "line_total": try expect(goodsLeft, value, key)
            case "shipping_total": try expect(shippingLeft, value, key)
            case "shipping_excl_tax": try expect(priced.shipping.first?.paid.net, value, key)
            case "shipping_incl_tax": try expect(priced.shipping.first?.paid.gross, value, key)
            case "net": try expect(priced.totals.net, value, key)
            case "gross", "total": try expect(priced.totals.total, value, key)
            case "tax_total": try expect(priced.totals.tax, value, key)
            case "per_line": try expectLines(value)
            case "per_unit": try expectUnits(value)
            case "per_line_multiset":
                let shares = try value.array.map { try published.minor($0) }.sorted()
                #expect(priced.lines.map(\.discount.minorUnits).sorted() == shares)
            case "unit_price_after": try expect(priced.lines.first?.unitPrice, value, key)
            case "units_consumed": #expect(consumed == (try value.whole()))
            case "units_free":
                #expect(priced.lines.reduce(0) { $0 + $1.quantity.value } - consumed == (try value.whole()))
            case "applied": #expect(priced.applied.count == (try value.whole()))
            case "subtotal": try expect(try sum(priced.lines.map(\.before.net)), value, key)
            case "discount_total": try expect(try difference { $0.gross }, value, key)
            case "discount_subtotal": try expect(try difference { $0.net }, value, key)
            case "discount_tax_total": try expect(try difference { $0.tax }, value, key)
            case "percent_of_sum_would_be", "our_invariant", "note": break
            default: throw PublishedCaseError("nobody knows what \(key) expects")
            }
        }
    }

    private var goodsLeft: Money {
        Money(
            minorUnits: priced.totals.goods.minorUnits - priced.totals.goodsDiscount.minorUnits,
            priced.totals.goods.currency
        )
    }

    private var shippingLeft: Money {
        Money(
            minorUnits: priced.totals.shipping.minorUnits - priced.totals.shippingDiscount.minorUnits,
            priced.totals.goods.currency
        )
    }

    private var consumed: Int {
        priced.applied.reduce(0) { sum, promotion in
            sum + promotion.lines.reduce(0) { $0 + $1.units } + promotion.bought.reduce(0) { $0 + $1.units }
        }
    }

    private func sum(_ amounts: [Money]) throws -> Money {
        try Money.sum(of: amounts, in: priced.totals.goods.currency)
    }

    private func difference(_ part: (TaxedAmount) -> Money) throws -> Money {
        try sum(priced.lines.map { part($0.before) }) - sum(priced.lines.map { part($0.paid) })
    }

    private func expect(_ found: Money?, _ value: PublishedValue, _ key: String) throws {
        #expect(found?.minorUnits == (try published.minor(value)), "\(key)")
    }

    private func expectLines(_ value: PublishedValue) throws {
        for (id, share) in value.object {
            // A line without units has no discount.
            let found = priced.line(try BasketLineID(id))?.discount.minorUnits ?? 0
            #expect(found == (try published.minor(share)), "line \(id)")
        }
    }

    private func expectUnits(_ value: PublishedValue) throws {
        for (id, shares) in value.object {
            let line = try #require(priced.line(try BasketLineID(id)))
            let found = (0..<line.quantity.value).map { line.unitDiscounts[$0].minorUnits }
            #expect(found == (try shares.array.map { try published.minor($0) }), "units of \(id)")
        }
    }
}
