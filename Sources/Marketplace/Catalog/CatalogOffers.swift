public import MarketplaceCore
import MarketplaceDomain
public import MarketplacePromotions

/// The catalogue as carts see it: what is on sale, at the price that is open to the buyer.
///
/// ```swift
/// let carts = Carts(in: environment, offers: CatalogOffers(catalog))
/// ```
public struct CatalogOffers: CartOffers {
    private let catalog: ProductCatalog

    /// The offers of a catalogue.
    public init(_ catalog: ProductCatalog) {
        self.catalog = catalog
    }

    /// What is sold under these SKUs; what is unknown or not on sale is left out.
    ///
    /// - Parameters:
    ///   - quantities: How many units of each are wanted, for prices by quantity.
    ///   - buyer: The buyer, whose groups open prices; a group that cannot be a ``BuyerGroup`` opens none.
    ///   - time: At which prices must be valid that hold for a time.
    /// - Returns: What is sold, by SKU.
    /// - Throws: ``CartError``, when the catalogue cannot be read.
    public func offers(
        for quantities: [SKU: Quantity],
        to buyer: BuyerFacts,
        at time: Timestamp
    ) async throws(CartError) -> [SKU: CartOffer] {
        let groups = Set(buyer.groups.compactMap { try? BuyerGroup(validating: $0) })
        var offers: [SKU: CartOffer] = [:]
        do throws(CatalogError) {
            for (sku, quantity) in quantities {
                guard let product = try await catalog.product(sku: sku), product.status == .active,
                    let variant = product.variant(sku)?.variant
                else { continue }
                let price = variant.price(for: groups, taking: quantity, at: time).unitPrice
                let line = BasketLine(
                    sku.retyped(),
                    price,
                    quantity: quantity,
                    sku: sku,
                    product: product.id.description,
                    variant: variant.id.description,
                    categories: try await catalog.lineage(of: product.categories).sorted().map(\.description),
                    seller: SellerKey(product.sellerID),
                    attributes: Dictionary(
                        product.attributes.map { ($0.name, $0.value.description) },
                        uniquingKeysWith: { first, _ in first }
                    )
                )
                offers[sku] = CartOffer(
                    line,
                    variantID: variant.id,
                    productID: product.id,
                    sellerID: product.sellerID
                )
            }
        } catch {
            switch error {
            case .refused(let refusal): throw .catalog(reason: refusal.description, isRetriable: false)
            case .contended(let attempts): throw .contended(attempts: attempts)
            case .failed(let failure): throw .failed(failure)
            }
        }
        return offers
    }
}
