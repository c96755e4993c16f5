import MarketplaceCore
public import MarketplaceDomain
import MarketplaceInventory
public import MarketplacePromotions

extension Carts {
    /// What a cart comes to now, what of it changed since the buyer looked last, and what every code brings.
    ///
    /// Nothing is changed or claimed. When the buyer has seen it, tell so with ``CartAction/acknowledge(_:)`` and its
    /// ``CartView/prices``; when they buy, ask for its ``CartView/purchase``, which states the total they saw.
    ///
    /// - Parameters:
    ///   - owner: Whose cart.
    ///   - actor: Who looks.
    ///   - buyer: What the server knows of the buyer.
    ///   - shipping: What it costs to send the goods.
    /// - Returns: The view.
    /// - Throws: ``CartError`` when something could not be read, or amounts do not fit.
    public func view(
        of owner: CartOwner,
        by actor: CommandActor,
        buyer: BuyerFacts = .unknown,
        shipping: [ShippingCharge] = []
    ) async throws(CartError) -> CartView {
        let cart = try await cart(of: owner, by: actor)
        let now = environment.now
        let quantities = Dictionary(cart.lines.map { ($0.sku, $0.quantity) }) { first, _ in first }
        let offers = quantities.isEmpty ? [:] : try await offers.offers(for: quantities, to: buyer, at: now)
        let available = try await available(Array(offers.keys))
        var draft = CartDraft()
        for line in cart.lines { draft.take(line, offers[line.sku], available: available[line.sku]) }
        guard let currency = draft.currency, !draft.lines.isEmpty else {
            return CartView(cart: cart, offers: offers, warnings: draft.warnings, quote: nil, purchase: nil)
        }
        var purchase = Purchase(
            basket: Basket(currency, lines: draft.lines, shipping: shipping),
            codes: cart.codes,
            buyer: buyer
        )
        let quote: Quote
        do throws(QuoteError) {
            let member = buyer.member ?? Self.memberKey(of: owner)
            let (priced, offer) = try await pricing.price(purchase, by: member, in: nil, at: now)
            quote = Quote(priced: priced, refusedCodes: offer.refusedCodes)
        } catch {
            throw .unpriceable(error)
        }
        purchase.statedTotal = quote.priced.totals.total
        return CartView(cart: cart, offers: offers, warnings: draft.warnings, quote: quote, purchase: purchase)
    }

    private func available(_ skus: [SKU]) async throws(CartError) -> [SKU: Int64] {
        guard let inventory, !skus.isEmpty else { return [:] }
        do throws(InventoryError) {
            let known = try await inventory.stock(of: skus)
            // Of what the inventory does not know nothing can be reserved.
            return Dictionary(uniqueKeysWithValues: skus.map { ($0, known[$0]?.available ?? 0) })
        } catch {
            throw .stock(error)
        }
    }

    private static func memberKey(of owner: CartOwner) -> MemberKey {
        switch owner {
        case .member(let id): MemberKey(id)
        case .visitor(let id): MemberKey(id)
        }
    }
}
