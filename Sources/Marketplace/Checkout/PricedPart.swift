public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePromotions

/// Which lines and charges of a priced purchase one seller sells, and what was taken off them.
public struct PricedPart: Sendable, Hashable, Codable {
    /// Who sells; nil for the platform itself.
    public let seller: SellerID?
    /// The lines, by their place in the purchase.
    public let lineIndices: [Int]
    /// The shipping charges.
    public let charges: [BasketLineID]
    /// Those of them that are the group's, not the seller's.
    public let groupCharges: [BasketLineID]
    /// What was taken off its lines and charges by which promotion, and what sellers pay of that.
    public let promotions: [FrozenShares.Discount]
}

extension PricedPart {
    /// The parts of a priced basket; nil when it is not sold by several.
    ///
    /// A shipping charge belongs to the seller it names. One that names nobody who sells here is the group's: it stands
    /// with the order of the platform, or with the first order when the platform sells nothing. Gifts are the
    /// platform's, unless a seller sells the same SKU.
    static func parts(of priced: PricedBasket, _ basket: Basket, lines: [OrderLine]) -> [PricedPart]? {
        var sellers = lines.prefix(basket.lines.count).sellersInOrder
        guard sellers.count > 1 else { return nil }
        var owners = lines.map(\.sellerID)
        for index in lines.indices.dropFirst(basket.lines.count) {
            owners[index] = lines.prefix(basket.lines.count).first { $0.sku == lines[index].sku }?.sellerID
            if !sellers.contains(owners[index]) { sellers.append(owners[index]) }
        }
        let fallback = sellers.contains(nil) ? nil : sellers[0]
        var chargeOwners: [BasketLineID: SellerID?] = [:]
        var shared: Set<BasketLineID> = []
        for charge in basket.shipping {
            let seller = charge.seller.flatMap { SellerID($0.text) }
            // The platform's own charge with the platform's own goods is nobody else's business.
            let isOwned = sellers.contains(seller) && (charge.seller == nil) == (seller == nil)
            chargeOwners[charge.id] = .some(isOwned ? seller : fallback)
            if !isOwned { shared.insert(charge.id) }
        }
        let lineIDs = basket.lines.map(\.id)
        return sellers.map { seller in
            let indices = lines.indices.filter { owners[$0] == seller }
            let charges = basket.shipping.map(\.id).filter { chargeOwners[$0] == .some(seller) }
            let ids = Set(indices.filter { $0 < lineIDs.count }.map { lineIDs[$0] }).union(charges)
            return PricedPart(
                seller: seller,
                lineIndices: indices,
                charges: charges,
                groupCharges: charges.filter(shared.contains),
                promotions: discounts(of: priced, on: ids) { key in
                    let owner = SellerID(key.text)
                    return (sellers.contains(owner) ? owner : fallback) == seller
                }
            )
        }
    }

    /// What promotions took off some lines and charges, and what sellers pay of it.
    ///
    /// A seller pays for nothing but what was taken off their own lines and charges, and those all stand with one order:
    /// so each cost stands with the discount it is a part of, and is no larger.
    private static func discounts(
        of priced: PricedBasket,
        on ids: Set<BasketLineID>,
        isPaid: (SellerKey) -> Bool
    ) -> [FrozenShares.Discount] {
        priced.outcomes.compactMap { outcome in
            guard case .applied(let applied) = outcome.result else { return nil }
            let lines = applied.lines.reduce(Int64(0)) { ids.contains($1.line) ? $0 + $1.amount.minorUnits : $0 }
            let amount = applied.shipping.reduce(lines) {
                ids.contains($1.charge) ? $0 + $1.amount.minorUnits : $0
            }
            guard amount > 0 else { return nil }
            let costs = applied.costs.compactMap { cost -> FrozenShares.Cost? in
                guard let key = cost.seller, isPaid(key) else { return nil }
                return FrozenShares.Cost(key, amountMinor: cost.amount.minorUnits)
            }
            return FrozenShares.Discount(applied.promotion, code: outcome.code, amountMinor: amount, sellers: costs)
        }
    }
}

extension Sequence<OrderLine> {
    /// Who sells them, each once, in the order of their first line; nil is the platform itself.
    var sellersInOrder: [SellerID?] {
        var seen: Set<SellerID?> = []
        return map(\.sellerID).filter { seen.insert($0).inserted }
    }
}
