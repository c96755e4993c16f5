public import MarketplaceCore
import MarketplaceCoupons
public import MarketplaceDomain
public import MarketplaceInventory
import MarketplacePromotions
import MarketplaceStorage

/// Keeps carts and wish lists, and tells what they come to.
///
/// ```swift
/// let carts = Carts(in: environment, offers: offers, inventory: inventory, pricing: pricing)
/// try await carts.perform(.add("tea", .one), in: .member(id), by: .buyer(id), key: key)
/// let view = try await carts.view(of: .member(id), by: .buyer(id))
/// for warning in view.warnings { print(warning) }
/// ```
///
/// Prices are computed anew with every look, from what the server knows alone. A cart that was not touched for
/// ``Configuration/retention`` is removed by ``sweep()``.
public struct Carts: Sendable {
    /// Bounds and policies.
    public struct Configuration: Sendable {
        /// For how long a cart stays after it was last changed: a visitor's, and a member's.
        public var retention: (visitor: Duration, member: Duration) = (.days(30), .days(365))
        /// How many units stay where a visitor and the member they turn out to be chose the same thing.
        public var mergePolicy: CartMergePolicy = .larger
        /// How often a change is tried while others change the same cart.
        public var maximumAttempts = 16

        /// The defaults.
        public init() {}
    }

    let environment: ServiceEnvironment
    let offers: any CartOffers
    let inventory: (any InventoryStore)?
    let pricing: PricingDesk
    let configuration: Configuration

    /// The carts that the environment's store keeps.
    ///
    /// - Parameters:
    ///   - environment: Where they are kept.
    ///   - offers: What is sold, and for how much.
    ///   - inventory: Where stock is looked up; nil when views do not warn of missing stock.
    ///   - pricing: Where promotions come from, as in the checkout.
    ///   - configuration: Bounds and policies.
    public init(
        in environment: ServiceEnvironment,
        offers: any CartOffers,
        inventory: (any InventoryStore)? = nil,
        pricing: CheckoutPricing = CheckoutPricing(),
        configuration: Configuration = Configuration()
    ) {
        precondition(configuration.maximumAttempts > 0, "a change is tried at least once")
        self.environment = environment
        self.offers = offers
        self.inventory = inventory
        self.configuration = configuration
        self.pricing = PricingDesk(
            pricing: pricing,
            redemptions: CouponRedemptions(store: environment.store, codec: environment.codec)
        )
    }

    /// The cart of an owner; empty when there is none.
    public func cart(of owner: CartOwner, by actor: CommandActor) async throws(CartError) -> Cart {
        try authorize(.readCart, actor, owner)
        return try await stored(Cart.self, of: owner)?.value ?? Cart()
    }

    /// Does something with a cart, which is made if there is none.
    ///
    /// - Parameters:
    ///   - action: What is to be done.
    ///   - owner: Whose cart it is.
    ///   - actor: Who asks: the member, anybody for a visitor's cart, whose id only the visitor has.
    ///   - key: Names the command: a repetition changes nothing.
    /// - Returns: The cart as it is now.
    /// - Throws: ``CartError/refused(_:)`` when a bound stands in the way.
    @discardableResult
    public func perform(
        _ action: CartAction,
        in owner: CartOwner,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CartError) -> Cart {
        try authorize(.changeCart, actor, owner)
        let now = environment.now
        return try await change(Cart.self, of: owner, at: now) { cart throws(CartRejection) in
            try cart.perform(action, key: key, at: now)
        }
    }

    /// The wish list of an owner; empty when there is none.
    public func wishList(of owner: CartOwner, by actor: CommandActor) async throws(CartError) -> WishList {
        try authorize(.readCart, actor, owner)
        return try await stored(WishList.self, of: owner)?.value ?? WishList()
    }

    /// Does something with a wish list, which is made if there is none.
    ///
    /// - Parameters:
    ///   - action: What is to be done.
    ///   - owner: Whose list it is.
    ///   - actor: Who asks.
    ///   - key: Names the command: a repetition changes nothing.
    /// - Returns: The list as it is now.
    /// - Throws: ``CartError/refused(_:)`` when a bound stands in the way.
    @discardableResult
    public func perform(
        _ action: WishList.Action,
        inWishListOf owner: CartOwner,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CartError) -> WishList {
        try authorize(.changeCart, actor, owner)
        let now = environment.now
        return try await change(WishList.self, of: owner, at: now) { list throws(CartRejection) in
            try list.perform(action, key: key, at: now)
        }
    }

    private func authorize(_ rule: CommandRule, _ actor: CommandActor, _ owner: CartOwner) throws(CartError) {
        do throws(CommandForbidden) {
            switch owner {
            case .member(let member): try rule.check(actor, owner: member)
            // The id of a visitor is a secret that only the visitor has.
            case .visitor: break
            }
        } catch {
            throw .forbidden(error)
        }
    }
}
