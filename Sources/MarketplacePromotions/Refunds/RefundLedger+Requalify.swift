public import MarketplaceCore

extension RefundLedger {
    /// Returns units, and gives back what the buyer has paid more than what is kept would have cost.
    ///
    /// Closes the way around a minimum order: whoever buys for 300 to have 10% off, and sends back all but one piece,
    /// pays the full price for that piece. What is kept is priced again under the terms of the order, with the
    /// promotions that applied to it and no others. Nothing is ever charged on top, and when the last unit is returned
    /// all that is left of what was paid for the goods is given back.
    ///
    /// - Parameters:
    ///   - units: How many units of which lines; above zero.
    ///   - charges: The shipping charges that are refunded, with their frozen shares.
    ///   - basket: The basket the order was placed with.
    ///   - terms: The terms the order was placed under, its time among them.
    /// - Returns: What is given back.
    /// - Throws: ``RequalificationError``; the ledger keeps its value.
    @discardableResult
    public mutating func refund(
        _ units: [BasketLineID: Int],
        shipping charges: Set<BasketLineID> = [],
        requalifying basket: Basket,
        under terms: PricingTerms
    ) throws(RequalificationError) -> Refund {
        guard isPlaced(with: basket) else { throw .otherBasket }
        let parts: [Refund.Part]
        do throws(RefundRefusal) {
            parts = try self.parts(of: units)
        } catch {
            throw .refused(error)
        }
        let kept: PricedBasket
        do throws(PricingError) {
            kept = try keptGoods(of: basket, without: units).priced(under: applied(of: terms))
        } catch {
            throw .pricing(error)
        }
        let due = kept.lines.reduce(0) { $0 + $1.paid.gross.minorUnits }
        let taxDue = kept.lines.reduce(0) { $0 + $1.paid.tax.minorUnits }
        do throws(RefundRefusal) {
            return try record(
                parts,
                goodsMinor: paidGoodsMinor - refundedGoodsMinor - due,
                taxMinor: paidGoodsTaxMinor - refundedTaxMinor - taxDue,
                shipping: charges
            )
        } catch {
            throw .refused(error)
        }
    }

    /// Whether the goods of the order are those of the basket: what is missing there would be kept for nothing.
    private func isPlaced(with basket: Basket) -> Bool {
        guard basket.currency == shares.currency, basket.lines.count <= shares.lines.count else { return false }
        // Gifts are lines of their own behind the goods, and without a price.
        return zip(basket.lines, shares.lines).allSatisfy { $0.id == $1.id && $0.quantity.value == $1.units }
            && shares.lines.dropFirst(basket.lines.count).allSatisfy {
                $0.share(from: 0, units: $0.units).paidMinor == 0
            }
    }

    /// The goods of the basket that the buyer keeps after a return; shipping is not priced again.
    private func keptGoods(of basket: Basket, without units: [BasketLineID: Int]) -> Basket {
        let kept = Dictionary(zip(shares.lines.map(\.id), keptUnits), uniquingKeysWith: min)
        let lines = basket.lines.compactMap { line -> BasketLine? in
            let left = (kept[line.id] ?? 0) - (units[line.id] ?? 0)
            guard let quantity = try? Quantity(left) else { return nil }
            var line = line
            line.quantity = quantity
            return line
        }
        return Basket(basket.currency, lines: lines)
    }

    /// The terms with those promotions alone that applied to the order.
    private func applied(of terms: PricingTerms) -> PricingTerms {
        let ids = Set(shares.promotions.map(\.promotion))
        var terms = terms
        terms.promotions.removeAll { !ids.contains($0.id) }
        return terms
    }
}

/// Why a return cannot be requalified.
public enum RequalificationError: EffectStating, Hashable {
    /// The basket is not the one the order was placed with.
    case otherBasket
    /// The units cannot be returned.
    case refused(RefundRefusal)
    /// What is kept cannot be priced.
    case pricing(PricingError)

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension RequalificationError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .otherBasket: "the order was placed with another basket"
        case .refused(let refusal): refusal.description
        case .pricing(let error): error.description
        }
    }
}
