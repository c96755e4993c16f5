public import MarketplaceCore

/// What somebody would like to have: SKUs with how many units, kept apart from the cart.
///
/// A document like ``Cart``, for the same reasons. Wishing for the same thing twice adds the units up.
public struct WishList: Sendable, Hashable, Codable {
    /// The most wishes.
    public static let maximumWishes = 500
    /// How many commands are recognised when they are repeated.
    public static let rememberedKeys = Cart.rememberedKeys

    /// The wishes, the first one first; each SKU stands in one.
    public private(set) var wishes: [CartLine] = []
    private var keys = RecentKeys()

    /// An empty list.
    public init() {}

    /// Whether there is nothing in it.
    public var isEmpty: Bool { wishes.isEmpty }

    /// Whether the command of that key is one of the newest that changed it.
    package func isKnown(_ key: IdempotencyKey) -> Bool { keys.contains(key) }

    /// What can be done with a wish list.
    public enum Action: Sendable, Hashable {
        /// Wish for so many more units.
        case add(SKU, Quantity)
        /// Wish for so many units of what is in it.
        case setQuantity(SKU, Quantity)
        /// Do not wish for it any more.
        case remove(SKU)
    }

    /// Does what is asked, or changes nothing.
    ///
    /// - Parameters:
    ///   - action: What is asked.
    ///   - key: Names the command: a repetition changes nothing.
    ///   - time: When.
    /// - Returns: Whether anything was changed.
    /// - Throws: ``CartRejection`` when a bound stands in the way, or the SKU is not in the list.
    @discardableResult
    public mutating func perform(
        _ action: Action,
        key: IdempotencyKey,
        at time: Timestamp
    ) throws(CartRejection) -> Bool {
        guard !keys.contains(key) else { return false }
        var changed = self
        switch action {
        case .add(let sku, let quantity):
            try changed.wishes.add(sku, quantity, at: time, maximumLines: Self.maximumWishes)
        case .setQuantity(let sku, let quantity): try changed.wishes.setQuantity(quantity, of: sku)
        case .remove(let sku): changed.wishes.removeAll { $0.sku == sku }
        }
        guard changed != self else { return false }
        changed.keys.remember(key)
        self = changed
        return true
    }

    /// Takes over a visitor's wishes; of what both wish for, the larger number of units stays.
    ///
    /// - Parameters:
    ///   - visitors: The visitor's list.
    ///   - key: Names the command: a repetition changes nothing.
    /// - Returns: Whether anything was changed.
    @discardableResult
    public mutating func merge(_ visitors: WishList, key: IdempotencyKey) -> Bool {
        guard !keys.contains(key) else { return false }
        let before = self
        wishes.merge(visitors.wishes, .larger, maximumLines: Self.maximumWishes)
        guard self != before else { return false }
        keys.remember(key)
        return true
    }
}
