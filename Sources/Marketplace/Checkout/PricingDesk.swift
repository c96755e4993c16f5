import MarketplaceCore
import MarketplaceCoupons
import MarketplaceDomain
import MarketplacePromotions
import MarketplaceSagas

/// What a checkout does to know what is to be paid.
struct PricingDesk: Sendable {
    let pricing: CheckoutPricing
    let redemptions: CouponRedemptions

    /// The step that prices a purchase.
    func step(retry: RetryPolicy) -> Step<CheckoutState> {
        Step(CheckoutStep.price, into: \.priced, retry: retry, onUnknown: .retry, when: \.isToBePriced) { state, step in
            try await price(state, step)
        } undo: { _, _, _ in
            // A price is read, and binds nobody until it is claimed.
        }
    }

    /// Computes prices and discounts, from what the server knows alone.
    func price(_ state: CheckoutState, _ step: StepContext) async throws -> PricedOrder {
        guard let purchase = state.purchase else { throw PricingRefusal.unpriceable("there is no purchase to price") }
        let priced: PricedBasket
        let offer: PromotionOffer
        do throws(QuoteError) {
            (priced, offer) = try await price(purchase, by: state.member, in: state.redemption, at: step.time)
        } catch {
            // A refusal is thrown as itself, so that the journal keeps its facts.
            switch error {
            case .refused(let refusal): throw refusal
            case .coupons(let error):
                if let refusal = error.refusal { throw refusal }
                throw error
            }
        }
        let total = priced.totals.total
        if let stated = purchase.statedTotal, stated != total {
            throw PricingRefusal.totalChanged(stated: stated, computed: total)
        }
        let used = Set(priced.codes.filter(\.isUsed).map(\.code))
        let lines = Self.lines(priced, purchase.basket)
        let refused = offer.refusedCodes.map { RefusedCode(code: $0.key, refusal: $0.value) }
            .sorted { $0.code < $1.code }
        do throws(FrozenSharesError) {
            return PricedOrder(
                lines: lines,
                shares: try priced.frozen(),
                claims: priced.claims,
                codes: offer.countedCodes.intersection(used).sorted(),
                parts: state.isSplit ? PricedPart.parts(of: priced, purchase.basket, lines: lines) : nil,
                refusedCodes: refused.isEmpty ? nil : refused
            )
        } catch {
            throw PricingRefusal.unpriceable(error.description)
        }
    }

    /// Prices a purchase for a member at a time.
    func price(
        _ purchase: Purchase,
        by member: MemberKey,
        in redemption: RedemptionID?,
        at time: Timestamp
    ) async throws(QuoteError) -> (PricedBasket, PromotionOffer) {
        do throws(PricingRefusal) {
            try purchase.validate()
        } catch {
            throw .refused(error)
        }
        var buyer = purchase.buyer
        buyer.member = buyer.member ?? member
        var offer: PromotionOffer
        do throws(CouponError) {
            offer = try await pricing.promotions.offer(for: purchase, by: member, in: redemption, at: time)
            // A limit that nobody has looked up would be claimed when it is reached, and refuse the whole purchase.
            let unknown = offer.promotions.filter { $0.limits != .none && offer.usage[$0.id] == nil }
            if !unknown.isEmpty { offer.usage.merge(try await redemptions.usage(of: unknown, by: buyer)) { $1 } }
        } catch {
            throw .coupons(error)
        }
        do throws(PricingError) {
            let priced = try purchase.basket.priced(
                with: offer.promotions,
                codes: offer.codes,
                buyer: buyer,
                usage: offer.usage,
                at: time,
                policy: pricing.policy
            )
            return (priced, offer)
        } catch {
            throw .refused(.unpriceable(error.description))
        }
    }

    /// The goods at their prices in the catalogue, and gifts without a price.
    private static func lines(_ priced: PricedBasket, _ basket: Basket) -> [OrderLine] {
        let goods = zip(basket.lines, priced.lines).compactMap { line, priced in
            line.orderLine(at: priced.unitPrice)
        }
        let free = Money.zero(basket.currency)
        return goods + priced.gifts.map { OrderLine(sku: $0.gift.sku, quantity: $0.gift.quantity, unitPrice: free) }
    }
}

extension BasketLine {
    /// Who sells it, where the seller's key is an id of this package; nil for the platform itself and for other keys.
    var sellerID: SellerID? { seller.flatMap { SellerID($0.text) } }

    /// The line as an order keeps it; nil without a SKU.
    ///
    /// Products and variants whose keys are no ids of this package are not known to the order: nothing of the catalogue
    /// is found by them.
    func orderLine(at price: Money) -> OrderLine? {
        sku.map { sku in
            OrderLine(
                sku: sku,
                variantID: variant.flatMap { VariantID($0) },
                productID: product.flatMap { ProductID($0) },
                sellerID: sellerID,
                quantity: quantity,
                unitPrice: price
            )
        }
    }
}
