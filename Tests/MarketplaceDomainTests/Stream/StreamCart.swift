import MarketplaceCore
import MarketplaceDomain

/// A cart of the population: no aggregate, because what somebody might buy is no fact of the business.
struct StreamCart {
    private var cart = Cart()
    private var earlier: [(action: CartAction, key: IdempotencyKey)] = []

    /// Carries out an action, and checks what must hold.
    ///
    /// - Returns: What became of it.
    mutating func perform(
        _ action: CartAction,
        key: IdempotencyKey,
        at time: Timestamp
    ) throws(StreamViolation) -> WritableKeyPath<CommandTally.Count, Int> {
        let before = cart
        do throws(CartRejection) {
            guard try cart.perform(action, key: key, at: time) else { return \.unchanged }
        } catch {
            guard cart == before else { throw StreamViolation("a refused \(action) changed a cart") }
            try CommandStream.check(refusal: error)
            return \.refused
        }
        earlier.append((action, key))
        // As many as it promises to remember.
        if earlier.count > Cart.rememberedKeys { earlier.removeFirst() }
        try checkRepetition(at: time)
        let skus = Set(cart.lines.map(\.sku))
        guard skus.count == cart.lines.count, cart.codes.count <= Cart.maximumCodes,
            Set(cart.codes).count == cart.codes.count
        else { throw StreamViolation("a cart holds something twice") }
        return \.legal
    }

    private mutating func checkRepetition(at time: Timestamp) throws(StreamViolation) {
        guard let oldest = earlier.first else { return }
        let before = cart
        let isChanged = (try? cart.perform(oldest.action, key: oldest.key, at: time)) ?? true
        guard !isChanged, cart == before else { throw StreamViolation("\(oldest.action) has an effect twice") }
    }

    static func name(of action: CartAction) -> String {
        switch action {
        case .add: "cart.add"
        case .setQuantity: "cart.setQuantity"
        case .remove: "cart.remove"
        case .enterCode: "cart.enterCode"
        case .withdrawCode: "cart.withdrawCode"
        case .acknowledge: "cart.acknowledge"
        case .clear: "cart.clear"
        }
    }
}
