public import MarketplaceCore

/// Who bears how much of a purchase that is paid by several tenders, and how much was given back to each.
///
/// What the marketplace owes (store credit, gift cards) is taken first, then payments at gateways, each in the order
/// offered; the tenders add up to the total exactly. A refund goes to the tender taken last first, unless told
/// otherwise, and never gives one more than it took.
///
/// ```swift
/// let offers = [TenderOffer(.gateway(payment)), TenderOffer(.storeCredit, upTo: credit)]
/// var plan = try TenderPlan(total: total, offers: offers)
/// let back = try plan.refund(part)
/// ```
public struct TenderPlan: Sendable, Hashable, Codable {
    /// The most sources of one purchase: more is a mistake, or a search for cards that work.
    public static let maximumTenders = 16

    /// What the purchase comes to.
    public let total: Money
    /// Who bears how much, in the order in which it is taken; none is zero.
    public let tenders: [Tender]
    /// How much was given back to each tender, in the same order.
    public internal(set) var refunded: [Money]

    /// Splits a total among the sources that are offered; sources that are not needed have no tender.
    ///
    /// - Throws: ``TenderRefusal``, with what is missing when the offers do not suffice.
    public init(total: Money, offers: [TenderOffer]) throws(TenderRefusal) {
        guard total.isPositive else { throw .notPositive(total) }
        guard offers.count <= Self.maximumTenders else {
            throw .tooMany(count: offers.count, maximum: Self.maximumTenders)
        }
        var seen: Set<TenderSource> = []
        for offer in offers {
            if seen.contains(offer.source) { throw .repeatedSource(offer.source) }
            seen.insert(offer.source)
            try offer.check(against: total.currency)
        }
        let tenders = Self.taken(total, from: offers)
        let takenMinor = Self.sumMinor(of: tenders.map(\.amount))
        guard takenMinor == total.minorUnits else {
            throw .insufficient(missing: Money(minorUnits: total.minorUnits - takenMinor, total.currency))
        }
        self.total = total
        self.tenders = tenders
        refunded = tenders.map { _ in .zero(total.currency) }
    }

    /// How much can still be given back.
    public var refundable: Money {
        // No tender gives back more than it took, and all of them took no more than the total: nothing overflows.
        Money(minorUnits: total.minorUnits - Self.sumMinor(of: refunded), total.currency)
    }

    /// Splits a refund among the tenders, and takes note of it.
    ///
    /// - Returns: What goes back to which source, in the order in which it goes back; none is zero.
    /// - Throws: ``TenderRefusal``; nothing is noted then.
    public mutating func refund(
        _ amount: Money,
        _ order: TenderRefundOrder = .lastTakenFirst
    ) throws(TenderRefusal) -> [Tender] {
        guard amount.currency == total.currency else {
            throw .currencyMismatch(expected: total.currency, found: amount.currency)
        }
        guard amount.isPositive else { throw .notPositive(amount) }
        guard amount.minorUnits <= refundable.minorUnits else {
            throw .exceedsTaken(requested: amount, refundable: refundable)
        }
        var restMinor = amount.minorUnits
        var parts: [Tender] = []
        for step in tenders.indices {
            let place = order == .lastTakenFirst ? tenders.count - 1 - step : step
            let leftMinor = tenders[place].amount.minorUnits - refunded[place].minorUnits
            let partMinor = min(leftMinor, restMinor)
            guard partMinor > 0 else { continue }
            parts.append(Tender(tenders[place].source, Money(minorUnits: partMinor, total.currency)))
            refunded[place] = Money(minorUnits: refunded[place].minorUnits + partMinor, total.currency)
            restMinor -= partMinor
        }
        return parts
    }

    /// What each source bears: what the marketplace owes first, then the others, each as much as it can.
    private static func taken(_ total: Money, from offers: [TenderOffer]) -> [Tender] {
        var restMinor = total.minorUnits
        var tenders: [Tender] = []
        for isOwed in [true, false] {
            for offer in offers where offer.source.isOwedByMarketplace == isOwed {
                let takenMinor = offer.takenMinor(of: restMinor)
                guard takenMinor > 0 else { continue }
                tenders.append(Tender(offer.source, Money(minorUnits: takenMinor, total.currency)))
                restMinor -= takenMinor
            }
        }
        return tenders
    }

    private static func sumMinor(of amounts: [Money]) -> Int64 {
        // None is below zero, and together they come to no more than a total that fits.
        var sumMinor: Int64 = 0
        for amount in amounts { sumMinor += amount.minorUnits }
        return sumMinor
    }
}
