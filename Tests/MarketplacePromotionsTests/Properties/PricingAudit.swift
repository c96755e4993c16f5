import MarketplaceCore
import MarketplacePromotions

/// What must hold of every priced basket, whatever its rules and its policy.
///
/// Reckoned anew from the published values alone, in numbers that cannot overflow.
struct PricingAudit {
    let pricing: RandomPricing
    let priced: PricedBasket
    private(set) var problems: [String] = []

    private struct Share: Equatable {
        let promotion: PromotionID
        let units: Int
        let amount: Money
    }

    init(_ pricing: RandomPricing, _ priced: PricedBasket) {
        self.pricing = pricing
        self.priced = priced
        auditPromotions()
        auditLines()
        auditShares()
        auditTotals()
        auditTaxes()
        auditClaims()
        auditStacking()
        auditUnits()
        auditCodes()
    }

    mutating func expect(_ holds: Bool, _ problem: @autoclosure () -> String) {
        if !holds { problems.append(problem()) }
    }

    /// The promotions that applied, with what they give and what they say.
    var applied: [(promotion: Promotion, code: CouponCode?, result: AppliedPromotion)] {
        priced.outcomes.compactMap { outcome in
            guard case .applied(let result) = outcome.result,
                let promotion = pricing.promotions.first(where: { $0.id == outcome.promotion })
            else { return nil }
            return (promotion, outcome.code, result)
        }
    }

    var appliedToOrder: [(promotion: Promotion, code: CouponCode?, result: AppliedPromotion)] {
        applied.filter { !$0.promotion.isOfCatalogue }
    }

    private func isEqual(_ amounts: [Money], _ sum: Money) -> Bool { total(amounts) == Int128(sum.minorUnits) }

    private func total(_ amounts: [Money]) -> Int128 { amounts.reduce(0) { $0 + Int128($1.minorUnits) } }

    // MARK: - Promotions

    private mutating func auditPromotions() {
        let ids = pricing.promotions.map(\.id)
        expect(priced.outcomes.count == ids.count, "there is not one outcome for each promotion")
        expect(Set(priced.outcomes.map(\.promotion)) == Set(ids), "outcomes are of other promotions")
        for (promotion, _, result) in applied {
            let id = promotion.id
            expect(result.promotion == id, "\(id) has the outcome of \(result.promotion)")
            let shares = result.lines.map(\.amount) + result.shipping.map(\.amount)
            expect(isEqual(shares, result.amount), "the shares of \(id) do not add up to its amount")
            expect(isEqual(result.costs.map(\.amount), result.amount), "the costs of \(id) do not add up to its amount")
            expect(shares.allSatisfy(\.isPositive), "\(id) has a share that is not above zero")
            expect(result.costs.allSatisfy(\.amount.isPositive), "\(id) has a cost that is not above zero")
            expect(result.amount.isPositive || priced.gifts.contains { $0.promotion == id }, "\(id) gives nothing")
            auditCosts(promotion, result)
        }
        for refusal in priced.outcomes.compactMap(\.refusal) {
            expect(!refusal.description.isEmpty, "a refusal has no words: \(refusal)")
        }
    }

    private mutating func auditCosts(_ promotion: Promotion, _ result: AppliedPromotion) {
        var taken: [SellerKey: Int128] = [:]
        for share in result.lines {
            guard let seller = pricing.basket.lines.first(where: { $0.id == share.line })?.seller else { continue }
            taken[seller, default: 0] += Int128(share.amount.minorUnits)
        }
        for share in result.shipping {
            guard let seller = pricing.basket.shipping.first(where: { $0.id == share.charge })?.seller else { continue }
            taken[seller, default: 0] += Int128(share.amount.minorUnits)
        }
        let part: Ratio
        switch promotion.bearer {
        case .platform: part = .zero
        case .sellers: part = .one
        case .shared(let percentage): part = percentage.ratio
        }
        for (seller, amount) in taken {
            let wanted = amount * Int128(part.numerator) / Int128(part.denominator)
            let found = total(result.costs.filter { $0.seller == seller }.map(\.amount))
            expect(found == wanted, "\(seller) bears \(found) of \(promotion.id), not \(wanted)")
        }
        expect(
            result.costs.allSatisfy { $0.seller.map { taken[$0] != nil } ?? true },
            "a seller bears a cost of \(promotion.id) without a share"
        )
    }

    // MARK: - Lines

    private mutating func auditLines() {
        expect(priced.lines.map(\.id) == pricing.basket.lines.map(\.id), "lines are others, or in another order")
        for (line, paid) in zip(pricing.basket.lines, priced.lines) {
            let quantity = Int128(line.quantity.value)
            let floor = line.minimumUnitPrice?.minorUnits ?? 0
            expect(paid.quantity == line.quantity, "\(line.id) has another quantity")
            expect(
                Int128(paid.unitPrice.minorUnits) * quantity == Int128(paid.subtotal.minorUnits),
                "\(line.id) subtotal"
            )
            expect(
                (min(line.unitPrice.minorUnits, floor)...line.unitPrice.minorUnits).contains(paid.unitPrice.minorUnits),
                "the price of \(line.id) in the catalogue is \(paid.unitPrice), of \(line.unitPrice)"
            )
            expect(isEqual(paid.shares.map(\.amount), paid.discount), "the shares of \(line.id) are not its discount")
            let lowest = min(Int128(paid.subtotal.minorUnits), Int128(floor) * quantity)
            expect(Int128(paid.total.minorUnits) >= lowest, "\(line.id) is below its floor: \(paid.total)")
            expect(!paid.discount.isNegative, "\(line.id) has a negative discount")
            if !line.isDiscountable {
                expect(paid.discount.isZero && paid.unitPrice == line.unitPrice, "\(line.id) must not be discounted")
            }
            let runs = paid.unitDiscounts.runs
            expect(runs.reduce(0) { $0 + $1.units } == line.quantity.value, "the units of \(line.id) are not all split")
            let split = runs.reduce(0 as Int128) { $0 + Int128($1.share.minorUnits) * Int128($1.units) }
            expect(split == Int128(paid.discount.minorUnits), "the units of \(line.id) do not add up to its discount")
            expect(runs.allSatisfy { $0.units > 0 }, "\(line.id) has a run of no units")
            expect(paid.unitDiscounts[0] == runs[0].share, "the first unit of \(line.id) is not of its first run")
        }
        expect(priced.shipping.map(\.id) == pricing.basket.shipping.map(\.id), "charges are others")
        for (charge, paid) in zip(pricing.basket.shipping, priced.shipping) {
            expect(paid.price == charge.price, "\(charge.id) has another price")
            expect(
                !paid.discount.isNegative && paid.discount.minorUnits <= charge.price.minorUnits,
                "\(charge.id) is discounted by \(paid.discount) of \(charge.price)"
            )
        }
    }

    /// Every share is above zero and no more than was left of its line when it was taken.
    private mutating func auditShares() {
        var room: [BasketLineID: Int128] = [:]
        for (line, paid) in zip(pricing.basket.lines, priced.lines) where line.isDiscountable {
            let floor = line.minimumUnitPrice?.minorUnits ?? 0
            room[line.id] = Int128(max(0, paid.unitPrice.minorUnits - floor)) * Int128(line.quantity.value)
        }
        for charge in pricing.basket.shipping { room[charge.id] = Int128(charge.price.minorUnits) }
        var shares: [BasketLineID: [Share]] = [:]
        var shippingDiscounts: [BasketLineID: Int128] = [:]
        let places = Dictionary(
            uniqueKeysWithValues: pricing.basket.lines.indices.map { (pricing.basket.lines[$0].id, $0) }
        )
        for (promotion, _, result) in appliedToOrder {
            let positions = result.lines.compactMap { places[$0.line] }
            expect(zip(positions, positions.dropFirst()).allSatisfy(<), "shares of \(promotion.id) are out of order")
            for share in result.lines {
                room[share.line, default: 0] -= Int128(share.amount.minorUnits)
                expect(room[share.line, default: 0] >= 0, "\(promotion.id) takes more off \(share.line) than was left")
                let quantity = priced.line(share.line)?.quantity.value ?? 0
                expect((1...max(1, quantity)).contains(share.units), "\(share.units) units of \(share.line)")
                shares[share.line, default: []].append(
                    Share(promotion: promotion.id, units: share.units, amount: share.amount)
                )
            }
            for share in result.shipping {
                room[share.charge, default: 0] -= Int128(share.amount.minorUnits)
                expect(
                    room[share.charge, default: 0] >= 0,
                    "\(promotion.id) takes more off \(share.charge) than was left"
                )
                shippingDiscounts[share.charge, default: 0] += Int128(share.amount.minorUnits)
            }
        }
        for line in priced.lines {
            let found = line.shares.map { Share(promotion: $0.promotion, units: $0.units, amount: $0.amount) }
            expect(found == shares[line.id] ?? [], "\(line.id) has other shares than the promotions")
        }
        for charge in priced.shipping {
            expect(Int128(charge.discount.minorUnits) == shippingDiscounts[charge.id] ?? 0, "\(charge.id) discount")
        }
        auditCatalogue()
    }

    private mutating func auditCatalogue() {
        var reductions: [BasketLineID: Int128] = [:]
        for (promotion, _, result) in applied where promotion.isOfCatalogue {
            for share in result.lines { reductions[share.line, default: 0] += Int128(share.amount.minorUnits) }
        }
        for (line, paid) in zip(pricing.basket.lines, priced.lines) {
            let reduction = Int128(line.unitPrice.minorUnits - paid.unitPrice.minorUnits) * Int128(line.quantity.value)
            expect(reductions[line.id] ?? 0 == reduction, "catalogue prices of \(line.id) do not add up")
        }
    }

    // MARK: - Sums and taxes

    private mutating func auditTotals() {
        let totals = priced.totals
        expect(isEqual(priced.lines.map(\.subtotal), totals.goods), "goods do not add up")
        expect(isEqual(priced.lines.map(\.discount), totals.goodsDiscount), "discounts of goods do not add up")
        expect(isEqual(priced.shipping.map(\.price), totals.shipping), "shipping does not add up")
        expect(isEqual(priced.shipping.map(\.discount), totals.shippingDiscount), "discounts of shipping do not add up")
        expect(
            isEqual(appliedToOrder.map(\.result.amount), totals.discount),
            "promotions do not add up to the discount"
        )
        expect(!totals.total.isNegative && !totals.net.isNegative && !totals.tax.isNegative, "a negative total")
        let paid = priced.lines.map(\.paid) + priced.shipping.map(\.paid)
        expect(isEqual(paid.map(\.net), totals.net), "net amounts do not add up")
        expect(isEqual(paid.map(\.tax), totals.tax), "taxes do not add up")
        expect(isEqual(paid.map(\.gross), totals.total), "gross amounts do not add up")
        expect(isEqual([totals.net, totals.tax], totals.total), "net and tax are not the total")
    }

    private mutating func auditTaxes() {
        let rates = pricing.basket.lines.map(\.tax) + pricing.basket.shipping.map(\.tax)
        let before = priced.lines.map { ($0.before, $0.subtotal) } + priced.shipping.map { ($0.before, $0.price) }
        let paid =
            priced.lines.map { ($0.paid, $0.total) }
            + priced.shipping.map {
                ($0.paid, Money(minorUnits: $0.price.minorUnits - $0.discount.minorUnits, $0.price.currency))
            }
        for (rate, (amount, price)) in zip(rates + rates, before + paid) {
            expect(isEqual([amount.net, amount.tax], amount.gross), "net and tax are not gross")
            expect(!amount.net.isNegative && !amount.tax.isNegative, "a negative net or tax: \(amount)")
            expect((rate?.isIncluded ?? true ? amount.gross : amount.net) == price, "the price is not in \(amount)")
            if rate == nil { expect(amount.tax.isZero, "what is not taxed has tax") }
            if pricing.policy.tax.place == .line { auditTax(amount, rate) }
        }
        expect(Set(priced.taxes.map(\.rate)).count == priced.taxes.count, "a rate has two rows")
        for row in priced.taxes {
            let amounts = zip(rates, paid).filter { $0.0 == row.rate }.map(\.1.0)
            expect(isEqual(amounts.map(\.net), row.amount.net), "net amounts of \(row) do not add up")
            expect(isEqual(amounts.map(\.gross), row.amount.gross), "gross amounts of \(row) do not add up")
            expect(isEqual([row.amount.net, row.amount.tax], row.amount.gross), "net and tax of \(row) are not gross")
            if pricing.policy.tax.place == .rate { auditTax(row.amount, row.rate) }
        }
        expect(isEqual(priced.taxes.map(\.amount.tax), priced.totals.tax), "taxes by rate do not add up")
        expect(isEqual(priced.taxes.map(\.amount.gross), priced.totals.total), "rates do not add up to the total")
    }

    /// The net amount times the rate is the tax, but for less than one minor unit.
    private mutating func auditTax(_ amount: TaxedAmount, _ rate: TaxRate?) {
        guard let rate, let exact = rate.percentage.ratio.narrow else { return }
        let above = Int128(exact.numerator)
        let below = Int128(exact.denominator)
        let difference =
            rate.isIncluded
            ? Int128(amount.tax.minorUnits) * (below + above) - Int128(amount.gross.minorUnits) * above
            : Int128(amount.tax.minorUnits) * below - Int128(amount.net.minorUnits) * above
        expect(difference.magnitude < (rate.isIncluded ? below + above : below).magnitude, "\(amount) at \(rate)")
    }
}

extension Ratio {
    /// The ratio, where products with any amount are within 128 bits.
    fileprivate var narrow: Ratio? { numerator < 1 << 62 && denominator < 1 << 62 ? self : nil }
}
