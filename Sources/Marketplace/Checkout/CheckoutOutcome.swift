public import MarketplaceCoupons
public import MarketplaceDomain
public import MarketplaceInventory
public import MarketplacePorts
public import MarketplaceSagas
import MarketplaceStorage

/// How a purchase ended.
public enum CheckoutOutcome: Sendable {
    /// It is paid for, and its stock is taken.
    case confirmed(CheckoutState)
    /// It came to nothing: all that was done is undone.
    case refused(CheckoutRefusal)
    /// It can go neither forward nor back on its own: an operator has to decide.
    case stuck(SagaStuck)

    init(_ outcome: SagaOutcome<CheckoutState>, codec: any PayloadCodec) {
        self =
            switch outcome {
            case .completed(let state): .confirmed(state)
            case .aborted(_, let abort): .refused(CheckoutRefusal(abort, codec: codec))
            case .stuck(_, let stuck): .stuck(stuck)
            }
    }
}

/// Why a purchase came to nothing.
public enum CheckoutRefusal: Sendable, Hashable {
    /// It has no price to buy it at, or another than the buyer was shown.
    case pricing(PricingRefusal)
    /// A limit or a coupon refused, with the facts.
    case coupon(CouponRefusal)
    /// The inventory refused, with the facts.
    case stock(InventoryRefusal)
    /// The payment gateway refused, or could not be reached as often as it was tried.
    case payment(PaymentGatewayError)
    /// The tenders that the buyer has named do not bear it, or not any more.
    case tenders(TenderRefusal)
    /// Something else stood in the way.
    case other(SagaAbort)

    init(_ abort: SagaAbort, codec: any PayloadCodec) {
        // Refusals of stock and of coupons have stored forms that are equal ("expired", "released"), so the step
        // says whose it is.
        switch abort.step {
        case CheckoutStep.price, CheckoutStep.holdCoupons, CheckoutStep.redeemCoupons:
            if let refusal = abort.error(as: PricingRefusal.self, codec: codec) {
                self = .pricing(refusal)
            } else if let refusal = abort.error(as: CouponRefusal.self, codec: codec) {
                self = .coupon(refusal)
            } else {
                self = .other(abort)
            }
        case CheckoutStep.authorize, CheckoutStep.capture, CheckoutStep.charge:
            if let error = abort.error(as: PaymentGatewayError.self, codec: codec) {
                self = .payment(error)
            } else if let refusal = abort.error(as: TenderRefusal.self, codec: codec) {
                self = .tenders(refusal)
            } else {
                self = .other(abort)
            }
        default:
            if let refusal = abort.error(as: InventoryRefusal.self, codec: codec) {
                self = .stock(refusal)
            } else {
                self = .other(abort)
            }
        }
    }
}

extension CheckoutRefusal: CustomStringConvertible {
    /// The reason, in a sentence.
    public var description: String {
        switch self {
        case .stock(let refusal): refusal.description
        case .payment(let error): error.description
        case .pricing(let refusal): refusal.description
        case .coupon(let refusal): refusal.description
        case .tenders(let refusal): refusal.description
        case .other(let abort): abort.description
        }
    }
}
