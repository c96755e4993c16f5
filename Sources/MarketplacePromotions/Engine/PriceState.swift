import MarketplaceCore

/// What the goods and the shipping of a basket cost at one moment of its pricing, in minor units.
///
/// Flat arrays of numbers by the index of the line: copied as a whole for every combination that is tried.
struct PriceState {
    /// What a unit costs before promotions of the order.
    var unitPrice: [Int64]
    /// Unit price times quantity.
    var subtotal: [Int64]
    /// What the line still costs.
    var left: [Int64]
    /// What may still be taken off it: down to its minimum price, and nothing where it must not be discounted.
    var room: [Int64]
    /// How many units count no longer as bought; empty where the policy counts every unit again.
    var boughtUnits: [Int]
    /// How many units can no longer be discounted; empty where the policy counts every unit again.
    var discountedUnits: [Int]
    /// What shipping charges still cost.
    var shippingLeft: [Int64]
    /// What all goods still cost.
    var goodsLeft: Int64
    /// What was taken off goods and shipping since the state was made.
    var discount: Int64 = 0

    init(_ basket: Basket, tracksUnits: Bool) throws(PricingError) {
        let count = basket.lines.count
        unitPrice = []
        unitPrice.reserveCapacity(count)
        subtotal = []
        subtotal.reserveCapacity(count)
        room = []
        room.reserveCapacity(count)
        var goods: Int64 = 0
        for line in basket.lines {
            let price = line.unitPrice.minorUnits
            let (amount, overflow) = price.multipliedReportingOverflow(by: Int64(line.quantity.value))
            guard !overflow else { throw .overflow(.line(line.id)) }
            let (sum, isTooMuch) = goods.addingReportingOverflow(amount)
            guard !isTooMuch else { throw .overflow(.total) }
            goods = sum
            unitPrice.append(price)
            subtotal.append(amount)
            room.append(Self.room(of: line, unitPrice: price))
        }
        left = subtotal
        goodsLeft = goods
        shippingLeft = basket.shipping.map(\.price.minorUnits)
        var total = goods
        for price in shippingLeft {
            let (sum, overflow) = total.addingReportingOverflow(price)
            guard !overflow else { throw .overflow(.total) }
            total = sum
        }
        boughtUnits = tracksUnits ? [Int](repeating: 0, count: count) : []
        discountedUnits = boughtUnits
    }

    /// What may be taken off a line in all.
    private static func room(of line: BasketLine, unitPrice: Int64) -> Int64 {
        guard line.isDiscountable else { return 0 }
        let floor = line.minimumUnitPrice?.minorUnits ?? 0
        // Both are below the subtotal, which fits.
        return max(0, unitPrice - floor) * Int64(line.quantity.value)
    }

    /// Sets another price of the catalogue, which is not above the present one.
    mutating func setUnitPrice(_ price: Int64, of index: Int, _ line: BasketLine) {
        let amount = price * Int64(line.quantity.value)
        goodsLeft -= left[index] - amount
        unitPrice[index] = price
        subtotal[index] = amount
        left[index] = amount
        room[index] = Self.room(of: line, unitPrice: price)
    }

    /// The same state for a promotion that counts every unit, whatever others have used up.
    var countingEveryUnit: PriceState {
        var state = self
        state.boughtUnits = []
        state.discountedUnits = []
        return state
    }

    /// Takes off what a promotion takes off.
    mutating func take(_ draft: PromotionDraft) {
        for take in draft.lines {
            left[take.line] -= take.amount
            room[take.line] -= take.amount
            goodsLeft -= take.amount
        }
        for take in draft.shipping {
            shippingLeft[take.line] -= take.amount
        }
        discount += draft.amount
        guard !discountedUnits.isEmpty, draft.usesUnits else { return }
        for take in draft.lines {
            discountedUnits[take.line] += take.units
        }
        for pick in draft.bought {
            boughtUnits[pick.line] += pick.units
        }
    }
}
