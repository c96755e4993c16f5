/// What of an order was given back, and what each further return gives.
///
/// A return takes units of lines, the first ones not yet returned, and gives their frozen shares: whatever is returned
/// in whichever order, all returns together give what was paid, to the last minor unit.
public struct RefundLedger: Sendable, Hashable, Codable {
    /// What every unit was sold for.
    public let shares: FrozenShares
    /// How many units of each line were returned, in the order of the shares.
    public private(set) var returnedUnits: [Int]
    /// Which shipping charges were refunded, in the order of the shares.
    public private(set) var refundedCharges: [Bool]
    /// What was refunded of the goods, tax included.
    public private(set) var refundedGoodsMinor: Int64
    /// The tax in it.
    public private(set) var refundedTaxMinor: Int64

    /// Nothing returned of an order.
    public init(_ shares: FrozenShares) {
        self.shares = shares
        returnedUnits = shares.lines.map { _ in 0 }
        refundedCharges = shares.shipping.map { _ in false }
        refundedGoodsMinor = 0
        refundedTaxMinor = 0
    }

    /// What was paid for the goods, tax included, in minor units.
    public var paidGoodsMinor: Int64 {
        shares.lines.reduce(0) { $0 + $1.share(from: 0, units: $1.units).paidMinor }
    }

    /// How many units of each line the buyer keeps, in the order of the shares.
    public var keptUnits: [Int] { zip(shares.lines, returnedUnits).map { $0.units - $1 } }

    /// Returns units and shipping charges, and gives their frozen shares back.
    ///
    /// - Parameters:
    ///   - units: How many units of which lines; above zero.
    ///   - charges: The shipping charges that are refunded; each once.
    /// - Returns: What is given back.
    /// - Throws: ``RefundRefusal`` when there is no such line, or it has fewer units left; the ledger keeps its value.
    @discardableResult
    public mutating func refund(
        _ units: [BasketLineID: Int],
        shipping charges: Set<BasketLineID> = []
    ) throws(RefundRefusal) -> Refund {
        let parts = try parts(of: units)
        let paid = parts.reduce(0) { $0 + $1.paidMinor }
        let tax = parts.reduce(0) { $0 + $1.taxMinor }
        return try record(parts, goodsMinor: paid, taxMinor: tax, shipping: charges)
    }

    /// The frozen shares of the first units not yet returned.
    package func parts(of units: [BasketLineID: Int]) throws(RefundRefusal) -> [Refund.Part] {
        for (id, count) in units {
            guard let index = shares.lines.firstIndex(where: { $0.id == id }) else { throw .unknownLine(id) }
            let left = shares.lines[index].units - returnedUnits[index]
            guard count > 0, count <= left else { throw .unitsLeft(id, wanted: count, left: left) }
        }
        return shares.lines.indices.compactMap { index in
            guard let count = units[shares.lines[index].id] else { return nil }
            let share = shares.lines[index].share(from: returnedUnits[index], units: count)
            return Refund.Part(
                id: shares.lines[index].id,
                units: count,
                paidMinor: share.paidMinor,
                taxMinor: share.taxMinor
            )
        }
    }

    /// Records a return that gives so much for goods.
    ///
    /// When nothing is kept, all that is left of what was paid for the goods is given, so that returns under different
    /// policies add up too; before that never more than is left.
    package mutating func record(
        _ parts: [Refund.Part],
        goodsMinor: Int64,
        taxMinor: Int64,
        shipping charges: Set<BasketLineID>
    ) throws(RefundRefusal) -> Refund {
        var refunded = refundedCharges
        var chargeParts: [Refund.Part] = []
        for id in charges.sorted() {
            guard let index = shares.shipping.firstIndex(where: { $0.id == id }) else { throw .unknownCharge(id) }
            guard !refunded[index] else { throw .chargeRefunded(id) }
            let charge = shares.shipping[index]
            refunded[index] = true
            chargeParts.append(Refund.Part(id: id, units: 1, paidMinor: charge.paidMinor, taxMinor: charge.taxMinor))
        }
        var returned = returnedUnits
        for part in parts {
            guard let index = shares.lines.firstIndex(where: { $0.id == part.id }) else { throw .unknownLine(part.id) }
            returned[index] += part.units
        }
        let left = paidGoodsMinor - refundedGoodsMinor
        let taxLeft = shares.lines.reduce(0) { $0 + $1.share(from: 0, units: $1.units).taxMinor } - refundedTaxMinor
        let keepsNothing = zip(shares.lines, returned).allSatisfy { $0.units == $1 }
        let goods = keepsNothing ? left : min(max(0, goodsMinor), left)
        // What is left keeps no more tax than price, and so does what is given.
        let tax = min(max(taxMinor, 0, taxLeft - (left - goods)), taxLeft, goods)
        refundedCharges = refunded
        returnedUnits = returned
        refundedGoodsMinor += goods
        refundedTaxMinor += tax
        return Refund(
            currency: shares.currency,
            lines: Self.spread(goods: goods, tax: tax, over: parts),
            shipping: chargeParts
        )
    }

    /// What was given for each part: its frozen share where that adds up, else in proportion to it.
    private static func spread(goods: Int64, tax: Int64, over parts: [Refund.Part]) -> [Refund.Part] {
        let paid = parts.reduce(0) { $0 + $1.paidMinor }
        guard goods != paid || tax != parts.reduce(0, { $0 + $1.taxMinor }) else { return parts }
        let weights = paid > 0 ? parts.map(\.paidMinor) : parts.map { Int64($0.units) }
        // Without parts there is nothing to spread. Tax goes by what is given, so that no part has more tax than that.
        guard let goodsShares = try? Allocation.shares(of: goods, by: weights),
            let taxShares = try? Allocation.shares(of: tax, by: goodsShares)
        else { return parts }
        return parts.indices.map { index in
            Refund.Part(
                id: parts[index].id,
                units: parts[index].units,
                paidMinor: goodsShares[index],
                taxMinor: taxShares[index]
            )
        }
    }
}

/// What a return gives back.
public struct Refund: Sendable, Hashable {
    /// The currency of all amounts.
    public let currency: Currency
    /// What is given for goods, in the order of the order.
    public let lines: [Part]
    /// What is given for shipping.
    public let shipping: [Part]

    /// What is given in all, tax included.
    public var amount: Money {
        Money(minorUnits: (lines + shipping).reduce(0) { $0 + $1.paidMinor }, currency)
    }

    /// The tax in it.
    public var tax: Money {
        Money(minorUnits: (lines + shipping).reduce(0) { $0 + $1.taxMinor }, currency)
    }

    /// What is given for units of a line, or for a charge.
    public struct Part: Sendable, Hashable {
        /// The line, or the charge.
        public let id: BasketLineID
        /// How many units.
        public let units: Int
        /// What is given for them, tax included.
        public let paidMinor: Int64
        /// The tax in it.
        public let taxMinor: Int64
    }
}

/// Why units cannot be returned.
public enum RefundRefusal: EffectStating, Hashable {
    /// The order has no such line.
    case unknownLine(BasketLineID)
    /// The line has fewer units left, or none were asked for.
    case unitsLeft(BasketLineID, wanted: Int, left: Int)
    /// The order has no such shipping charge.
    case unknownCharge(BasketLineID)
    /// The charge was refunded before.
    case chargeRefunded(BasketLineID)

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension RefundRefusal: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .unknownLine(let id): "the order has no line \(id)"
        case .unitsLeft(let id, let wanted, let left): "\(wanted) units of line \(id), of which \(left) can be returned"
        case .unknownCharge(let id): "the order has no shipping charge \(id)"
        case .chargeRefunded(let id): "the shipping charge \(id) was refunded before"
        }
    }
}
