public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplaceDomain
public import MarketplaceInventory
public import MarketplacePromotions
public import MarketplaceStorage

/// How a call about returns ended when it did not succeed.
public enum ReturnsError: EffectStating {
    /// The return refuses.
    case refused(ReturnRejection)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// There is no such return.
    case unknownReturn(ReturnID)
    /// What the buyer wrote is too long.
    case noteTooLong(count: Int, maximum: Int)
    /// The order could not be read or changed.
    case order(OrdersError)
    /// What is given back cannot be computed from what was paid.
    case refund(RefundRefusal)
    /// What the buyer keeps cannot be priced again.
    case requalification(RequalificationError)
    /// The order's shares do not add up.
    case shares(OrderRejection)
    /// The refund is not given yet, or was refused; see ``Returns/retryRefund(of:by:key:)``.
    case payment(PaymentError)
    /// The inventory refused or failed.
    case stock(InventoryError)
    /// Uses of coupons could not be given back.
    case coupons(CouponError)
    /// Others changed the same things meanwhile, attempt after attempt; nothing was changed. Try again.
    case contended(attempts: Int)
    /// The store failed.
    case failed(StoreError)

    /// What is known of the effect.
    public var effect: EffectOutcome {
        switch self {
        case .refused, .forbidden, .unknownReturn, .noteTooLong, .refund, .requalification, .shares: .refused
        case .order(let error): error.effect
        case .payment(let error): error.effect
        case .stock(let error): error.effect
        case .coupons(let error): error.effect
        case .contended: .notApplied
        case .failed(let error): error.effect
        }
    }

    /// The refusal of the return, if it is one.
    public var refusal: ReturnRejection? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }

    /// Whether the very same call may succeed when made again.
    public var isRetriable: Bool { effect != .refused }
}

extension ReturnsError: StoreServiceError {}

extension ReturnsError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .refused(let refusal): refusal.description
        case .forbidden(let refusal): refusal.description
        case .unknownReturn(let id): "there is no return \(id)"
        case .noteTooLong(let count, let maximum): "a note has at most \(maximum) characters, not \(count)"
        case .order(let error): "the order: \(error)"
        case .refund(let refusal): "the refund: \(refusal)"
        case .requalification(let error): "what is kept: \(error)"
        case .shares(let rejection): "the order's shares: \(rejection)"
        case .payment(let error): "the payment: \(error)"
        case .stock(let error): "the inventory: \(error)"
        case .coupons(let error): "the coupons: \(error)"
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "\(error)"
        }
    }
}
