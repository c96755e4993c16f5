public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceSagas

/// Why a purchase could not be started, or its end is not known here.
public enum CheckoutError: EffectStating, Hashable {
    /// No order like that can exist.
    case invalid(OrderRejection)
    /// No group of orders like that can exist.
    case invalidGroup(OrderGroupRejection)
    /// The purchase cannot be priced, now or ever.
    case unpriceable(PricingRefusal)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The purchase could not be started or followed; an outcome that is not refused or not applied may come later.
    case saga(SagaError)

    /// What is known about the purchase.
    public var effect: EffectOutcome {
        switch self {
        case .invalid(let rejection): rejection.effect
        case .invalidGroup(let rejection): rejection.effect
        case .unpriceable(let refusal): refusal.effect
        case .forbidden(let refusal): refusal.effect
        case .saga(let error): error.effect
        }
    }
}

extension CheckoutError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .invalid(let rejection): rejection.description
        case .invalidGroup(let rejection): rejection.description
        case .unpriceable(let refusal): refusal.description
        case .forbidden(let refusal): refusal.description
        case .saga(let error): error.description
        }
    }
}
