/// What every unit of an order was sold for, frozen when it was placed.
///
/// Discounts are never computed again for an order: refunds, commissions and settlement read them here. Units of one
/// line differ by a minor unit where an amount cannot be split evenly, so a line is a few runs of units with equal
/// shares, however many units it has. The stored form is part of orders.
public struct FrozenShares: Sendable, Hashable {
    /// The currency of all amounts.
    public let currency: Currency
    /// The goods, in the order of the order's lines.
    public let lines: [Line]
    /// The shipping charges.
    public let shipping: [Charge]
    /// What was taken off by which promotion, and who pays for it.
    public let promotions: [Discount]
    /// What was paid in all, tax included.
    public let total: Money

    /// Shares that add up.
    ///
    /// - Throws: ``FrozenSharesError`` when an amount is negative, a run has no units, a line or charge has the id of
    ///   another, sellers pay more of a discount than it is, or sums do not fit.
    public init(
        _ currency: Currency,
        lines: [Line],
        shipping: [Charge] = [],
        promotions: [Discount] = []
    ) throws(FrozenSharesError) {
        self.currency = currency
        self.lines = lines
        self.shipping = shipping
        self.promotions = promotions
        var ids: Set<BasketLineID> = []
        var sum: Int128 = 0
        for line in lines {
            guard ids.insert(line.id).inserted else { throw .doubleID(line.id) }
            guard !line.runs.isEmpty else { throw .noUnits(line.id) }
            var units = 0
            for run in line.runs {
                guard run.units > 0, run.units <= Quantity.maximum - units else { throw .noUnits(line.id) }
                guard run.discountMinor >= 0, run.taxMinor >= 0, run.paidMinor >= run.taxMinor else {
                    throw .impossibleAmount(line.id)
                }
                units += run.units
                sum += Int128(run.paidMinor) * Int128(run.units)
            }
        }
        for charge in shipping {
            guard ids.insert(charge.id).inserted else { throw .doubleID(charge.id) }
            guard charge.discountMinor >= 0, charge.taxMinor >= 0, charge.paidMinor >= charge.taxMinor else {
                throw .impossibleAmount(charge.id)
            }
            sum += Int128(charge.paidMinor)
        }
        for discount in promotions {
            // 128 bits hold more costs than memory does.
            let costs = discount.sellers.reduce(Int128(0)) { $0 + Int128($1.amountMinor) }
            guard discount.amountMinor >= 0, costs <= Int128(discount.amountMinor),
                discount.sellers.allSatisfy({ $0.amountMinor >= 0 })
            else { throw .impossibleDiscount(discount.promotion) }
        }
        guard let total = Int64(exactly: sum) else { throw .overflow }
        self.total = Money(minorUnits: total, currency)
    }

    /// A line: runs of units with equal shares, the first units first.
    public struct Line: Sendable, Hashable, Codable {
        /// The line of the basket.
        public let id: BasketLineID
        /// Its units.
        public let runs: [Run]

        /// A line of so many runs.
        public init(_ id: BasketLineID, _ runs: [Run]) {
            self.id = id
            self.runs = runs
        }

        /// How many units it has.
        public var units: Int { runs.reduce(0) { $0 + $1.units } }

        /// What so many units were sold for together, from a unit on; the first unit has index 0.
        public func share(from first: Int, units count: Int) -> (paidMinor: Int64, taxMinor: Int64) {
            precondition(first >= 0 && count >= 0 && first + count <= units, "the line has \(units) units")
            var (paid, tax): (Int64, Int64) = (0, 0)
            var start = 0
            for run in runs {
                let taken = max(0, min(start + run.units, first + count) - max(start, first))
                paid += run.paidMinor * Int64(taken)
                tax += run.taxMinor * Int64(taken)
                start += run.units
            }
            return (paid, tax)
        }
    }

    /// So many units that were sold for the same.
    public struct Run: Sendable, Hashable, Codable {
        /// How many units.
        public let units: Int
        /// What was taken off each.
        public let discountMinor: Int64
        /// The tax in what was paid for each.
        public let taxMinor: Int64
        /// What was paid for each, tax included.
        public let paidMinor: Int64

        /// So many units that were sold for the same.
        public init(units: Int, discountMinor: Int64, taxMinor: Int64, paidMinor: Int64) {
            self.units = units
            self.discountMinor = discountMinor
            self.taxMinor = taxMinor
            self.paidMinor = paidMinor
        }
    }

    /// A shipping charge.
    public struct Charge: Sendable, Hashable, Codable {
        /// The charge of the basket.
        public let id: BasketLineID
        /// What was taken off.
        public let discountMinor: Int64
        /// The tax in what was paid.
        public let taxMinor: Int64
        /// What was paid, tax included.
        public let paidMinor: Int64

        /// A shipping charge.
        public init(_ id: BasketLineID, discountMinor: Int64, taxMinor: Int64, paidMinor: Int64) {
            self.id = id
            self.discountMinor = discountMinor
            self.taxMinor = taxMinor
            self.paidMinor = paidMinor
        }
    }

    /// What a promotion took off, and who pays for it.
    public struct Discount: Sendable, Hashable, Codable {
        /// The promotion.
        public let promotion: PromotionID
        /// The code that brought it.
        public let code: CouponCode?
        /// What it took off in all.
        public let amountMinor: Int64
        /// What sellers pay of it; the platform pays the rest.
        public let sellers: [Cost]

        /// What a promotion took off.
        public init(_ promotion: PromotionID, code: CouponCode?, amountMinor: Int64, sellers: [Cost]) {
            self.promotion = promotion
            self.code = code
            self.amountMinor = amountMinor
            self.sellers = sellers
        }
    }

    /// What a seller pays of a discount.
    public struct Cost: Sendable, Hashable, Codable {
        /// The seller.
        public let seller: SellerKey
        /// How much.
        public let amountMinor: Int64

        /// What a seller pays of a discount.
        public init(_ seller: SellerKey, amountMinor: Int64) {
            self.seller = seller
            self.amountMinor = amountMinor
        }
    }
}

extension FrozenShares: Codable {
    private enum CodingKeys: String, CodingKey {
        case currency, lines, shipping, promotions
    }

    /// Decodes the form that ``encode(to:)`` writes, and checks that it adds up.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let currency = try container.decode(Currency.self, forKey: .currency)
        let lines = try container.decode([Line].self, forKey: .lines)
        let shipping = try container.decodeIfPresent([Charge].self, forKey: .shipping) ?? []
        let promotions = try container.decodeIfPresent([Discount].self, forKey: .promotions) ?? []
        do throws(FrozenSharesError) {
            try self.init(currency, lines: lines, shipping: shipping, promotions: promotions)
        } catch {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: error.description)
            throw DecodingError.dataCorrupted(context)
        }
    }

    /// Encodes the currency once, and amounts in its minor units; what is empty is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(currency, forKey: .currency)
        try container.encode(lines, forKey: .lines)
        if !shipping.isEmpty { try container.encode(shipping, forKey: .shipping) }
        if !promotions.isEmpty { try container.encode(promotions, forKey: .promotions) }
    }
}
