/// What of an order was given back, and what each further return gives.
///
/// A return takes units of lines, the first ones not yet returned, and gives their frozen shares: whatever is returned
/// in whichever order, all returns together give what was paid, to the last minor unit.
public struct RefundLedger: Sendable, Hashable {
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

    /// The tax in what was paid for the goods, in minor units.
    package var paidGoodsTaxMinor: Int64 {
        shares.lines.reduce(0) { $0 + $1.share(from: 0, units: $1.units).taxMinor }
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
    /// policies add up too; before that never more than is left. When no units are returned, nothing is given for goods.
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
        let taxLeft = paidGoodsTaxMinor - refundedTaxMinor
        let keepsNothing = zip(shares.lines, returned).allSatisfy { $0.units == $1 }
        // Without a part nobody would be told of what is recorded here.
        let goods = parts.isEmpty ? 0 : keepsNothing ? left : min(max(0, goodsMinor), left)
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

extension RefundLedger: Codable {
    private enum CodingKeys: String, CodingKey {
        case shares, returnedUnits, refundedCharges, refundedGoodsMinor, refundedTaxMinor
    }

    /// Decodes the form that ``encode(to:)`` writes, and checks that returns can have led to it.
    ///
    /// - Throws: `DecodingError` for shares that do not add up, counts that do not fit their lines, and amounts that
    ///   were not paid.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        shares = try container.decode(FrozenShares.self, forKey: .shares)
        returnedUnits = try container.decode([Int].self, forKey: .returnedUnits)
        refundedCharges = try container.decode([Bool].self, forKey: .refundedCharges)
        refundedGoodsMinor = try container.decode(Int64.self, forKey: .refundedGoodsMinor)
        refundedTaxMinor = try container.decode(Int64.self, forKey: .refundedTaxMinor)
        if let problem {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: problem)
            )
        }
    }

    /// Encodes the shares, and what was returned of them.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(shares, forKey: .shares)
        try container.encode(returnedUnits, forKey: .returnedUnits)
        try container.encode(refundedCharges, forKey: .refundedCharges)
        try container.encode(refundedGoodsMinor, forKey: .refundedGoodsMinor)
        try container.encode(refundedTaxMinor, forKey: .refundedTaxMinor)
    }

    /// What of a decoded ledger no returns can have led to; nil when they can.
    private var problem: String? {
        guard returnedUnits.count == shares.lines.count, refundedCharges.count == shares.shipping.count else {
            return "the returns are not those of the shares"
        }
        guard zip(shares.lines, returnedUnits).allSatisfy({ 0...$0.units ~= $1 }) else {
            return "more units are returned than were sold, or fewer than none"
        }
        let (paid, tax) = (paidGoodsMinor, paidGoodsTaxMinor)
        // No amount is below zero once it is known to be within what was paid, so no difference overflows.
        guard 0...paid ~= refundedGoodsMinor, 0...tax ~= refundedTaxMinor, refundedTaxMinor <= refundedGoodsMinor,
            tax - refundedTaxMinor <= paid - refundedGoodsMinor
        else { return "more is refunded than was paid, or more tax than price" }
        guard refundedGoodsMinor == 0 || returnedUnits.contains(where: { $0 > 0 }) else {
            return "goods are refunded, and none were returned"
        }
        guard refundedGoodsMinor == paid || keptUnits.contains(where: { $0 > 0 }) else {
            return "all goods were returned, and not all is refunded"
        }
        return nil
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
