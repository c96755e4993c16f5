public import MarketplaceCore

/// A source that a buyer offers for a purchase, and how much it can bear at most.
public struct TenderOffer: Sendable, Hashable {
    /// The source.
    public let source: TenderSource
    /// The most it can bear; nil for all that is left to pay.
    public let limit: Money?

    /// An offer of these parts.
    public init(_ source: TenderSource, upTo limit: Money? = nil) {
        self.source = source
        self.limit = limit
    }
}

extension TenderOffer {
    /// Checks that its limit is an amount of that currency and not below zero.
    func check(against currency: Currency) throws(TenderRefusal) {
        guard let limit else { return }
        guard limit.currency == currency else { throw .currencyMismatch(expected: currency, found: limit.currency) }
        guard !limit.isNegative else { throw .notPositive(limit) }
    }

    /// How much of what is left to pay it bears.
    func takenMinor(of restMinor: Int64) -> Int64 {
        limit.map { min($0.minorUnits, restMinor) } ?? restMinor
    }
}
