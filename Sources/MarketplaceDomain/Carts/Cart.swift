public import MarketplaceCore

/// What somebody thinks of buying: SKUs, numbers of units, and codes; no price that counts.
///
/// A cart is a document, not a stream of events: it changes many times for every order, nobody audits what was put in
/// and taken out again, and it is thrown away when it was not touched for long. Repeated commands are recognised for
/// the last ``rememberedKeys`` of them.
public struct Cart: Sendable, Hashable, Codable {
    /// The most lines: as many as an order has.
    public static let maximumLines = Order.maximumLines
    /// The most codes: more than anyone collects, few enough to look all of them up.
    public static let maximumCodes = 20
    /// How many commands are recognised when they are repeated: more than a client has on the way at once.
    public static let rememberedKeys = RecentKeys.maximum

    /// The lines, the first one put in first; each SKU stands in one.
    public private(set) var lines: [CartLine] = []
    /// The codes, the first one entered first.
    public private(set) var codes: [CouponCode] = []
    private var keys = RecentKeys()

    /// An empty cart.
    public init() {}

    /// Whether there is nothing in it.
    public var isEmpty: Bool { lines.isEmpty && codes.isEmpty }

    /// Whether the command of that key is one of the newest that changed it.
    package func isKnown(_ key: IdempotencyKey) -> Bool { keys.contains(key) }

    /// The line of that SKU.
    public func line(_ sku: SKU) -> CartLine? {
        lines.first { $0.sku == sku }
    }

    /// Does what is asked, or changes nothing.
    ///
    /// - Parameters:
    ///   - action: What is asked.
    ///   - key: Names the command: a repetition changes nothing.
    ///   - time: When.
    /// - Returns: Whether anything was changed.
    /// - Throws: ``CartRejection`` when a bound stands in the way, or the SKU is not in the cart.
    @discardableResult
    public mutating func perform(
        _ action: CartAction,
        key: IdempotencyKey,
        at time: Timestamp
    ) throws(CartRejection) -> Bool {
        guard !keys.contains(key) else { return false }
        var changed = self
        try changed.perform(action, at: time)
        guard changed != self else { return false }
        changed.keys.remember(key)
        self = changed
        return true
    }

    /// Takes over what a visitor has chosen, after they have logged in.
    ///
    /// Lines that do not fit any more are left out: a login does not fail because of a cart.
    ///
    /// - Parameters:
    ///   - visitors: The visitor's cart.
    ///   - policy: How many units stay where both have the same thing.
    ///   - key: Names the command: a repetition changes nothing.
    /// - Returns: Whether anything was changed.
    @discardableResult
    public mutating func merge(_ visitors: Cart, _ policy: CartMergePolicy, key: IdempotencyKey) -> Bool {
        guard !keys.contains(key) else { return false }
        let before = self
        lines.merge(visitors.lines, policy, maximumLines: Self.maximumLines)
        for code in visitors.codes where !codes.contains(code) && codes.count < Self.maximumCodes {
            codes.append(code)
        }
        guard self != before else { return false }
        keys.remember(key)
        return true
    }

    private mutating func perform(_ action: CartAction, at time: Timestamp) throws(CartRejection) {
        switch action {
        case .add(let sku, let quantity): try lines.add(sku, quantity, at: time, maximumLines: Self.maximumLines)
        case .setQuantity(let sku, let quantity): try lines.setQuantity(quantity, of: sku)
        case .remove(let sku): lines.removeAll { $0.sku == sku }
        case .enterCode(let code):
            guard !codes.contains(code) else { return }
            guard codes.count < Self.maximumCodes else { throw .tooManyCodes(maximum: Self.maximumCodes) }
            codes.append(code)
        case .withdrawCode(let code): codes.removeAll { $0 == code }
        case .acknowledge(let prices):
            for index in lines.indices { lines[index].seenPrice = prices[lines[index].sku] ?? lines[index].seenPrice }
        case .clear: (lines, codes) = ([], [])
        }
    }
}
