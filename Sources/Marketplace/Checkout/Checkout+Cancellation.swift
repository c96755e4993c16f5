public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplaceDomain

extension Checkout {
    /// Gives back the uses of limits and coupons of an order that was canceled after it had been confirmed.
    ///
    /// As far as ``CheckoutPricing/restoring`` and the campaigns of its coupons allow, both as they were when it was
    /// bought. Repeating it changes nothing: call it from whatever follows `OrderCanceled` on the feed.
    ///
    /// - Parameter order: The order; of a group nothing comes back before all its orders are canceled.
    /// - Returns: What became of its uses.
    /// - Throws: ``CouponRestoreError`` when the order or its redemption cannot be read or changed.
    public func restoreCoupons(of order: OrderID) async throws(CouponRestoreError) -> CouponRestoreOutcome {
        let purchase: [Order]
        do throws(OrdersError) {
            purchase = try await orders.purchase(order)
        } catch {
            throw .order(error)
        }
        // Uses belong to the purchase: they come back when nothing of it is left.
        if let other = purchase.first(where: { $0.status != .canceled }) { return .notCanceled(other.status) }
        guard let first = purchase.first, let redemption = first.groupID?.bits ?? first.id?.bits else {
            return .notCanceled(nil)
        }
        do throws(CouponError) {
            return try await coupons.restore(RedemptionID(bits: redemption), at: wallClock.now) ? .restored : .kept
        } catch {
            throw .coupons(error)
        }
    }
}

/// What became of the uses of a canceled order.
public enum CouponRestoreOutcome: Sendable, Hashable {
    /// What policies allow came back, now or before.
    case restored
    /// Policies give nothing back, or the order had used nothing.
    case kept
    /// The order stands otherwise, so nothing comes back; nil when there is none.
    case notCanceled(OrderStatus?)
}

/// Why it is not known, or not possible, to give uses back.
public enum CouponRestoreError: EffectStating {
    /// The order could not be read.
    case order(OrdersError)
    /// The redemption could not be read or changed.
    case coupons(CouponError)

    /// What is known of the uses.
    public var effect: EffectOutcome {
        switch self {
        case .order(let error): error.effect
        case .coupons(let error): error.effect
        }
    }
}

extension CouponRestoreError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .order(let error): error.description
        case .coupons(let error): error.description
        }
    }
}
