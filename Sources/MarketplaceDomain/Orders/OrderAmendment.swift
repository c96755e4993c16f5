public import MarketplaceCore

/// What a change makes of an order, computed before anything is decided.
public struct OrderAmendment: Sendable, Hashable {
    /// What became of one line.
    public struct Line: Sendable, Hashable, Codable {
        /// The line, by its place in the order.
        public let lineIndex: Int
        /// How many units were wanted.
        public let from: Int
        /// How many units are wanted.
        public let to: Int
        /// What the added units are sold for; nil when there are fewer.
        public let added: FrozenShares.Run?

        /// What became of a line.
        public init(lineIndex: Int, from: Int, to: Int, added: FrozenShares.Run?) {
            self.lineIndex = lineIndex
            self.from = from
            self.to = to
            self.added = added
        }
    }

    /// What money has to move.
    public enum Settlement: Sendable, Hashable {
        /// None.
        case nothing
        /// So much is owed to the buyer.
        case refund(Money)
        /// So much is owed by the buyer.
        case charge(Money)
    }

    /// The lines that change, those that stay as they are left out.
    public let lines: [Line]
    /// What every unit that is still wanted is sold for; lines that were taken off are missing.
    public let shares: FrozenShares
    /// What the order came to.
    public let previousTotal: Money
    /// What is left to give back of what was paid for the order: no more comes to be owed.
    public let refundable: Money
    /// What it comes to.
    public var total: Money { shares.total }

    /// What of a difference to refund comes to be owed where that is not all of it.
    var owed: Money? {
        let difference = previousTotal.minorUnits - total.minorUnits
        return refundable.minorUnits < difference ? refundable : nil
    }

    /// What money has to move.
    public var settlement: Settlement {
        // Totals are not negative, so their difference fits.
        let difference = total.minorUnits - previousTotal.minorUnits
        if difference > 0 { return .charge(Money(minorUnits: difference, total.currency)) }
        let owedMinor = min(0 - difference, refundable.minorUnits)
        return owedMinor > 0 ? .refund(Money(minorUnits: owedMinor, total.currency)) : .nothing
    }
}
