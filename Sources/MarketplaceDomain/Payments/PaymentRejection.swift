public import MarketplaceCore

/// Why a command to a payment is refused.
public enum PaymentRejection: EffectStating, Hashable {
    /// There is no such payment yet.
    case notCreated
    /// The payment exists with other content.
    case alreadyCreated(PaymentID)
    /// An amount must be above zero.
    case notPositive(Money)
    /// The payment is in another currency.
    case currencyMismatch(expected: Currency, found: Currency)
    /// The gateway set aside another amount than the payment has.
    case authorizationMismatch(expected: Money, found: Money)
    /// More was to be captured than is left of what was authorized.
    case exceedsAuthorized(requested: Money, capturable: Money)
    /// More was to be refunded than is left of what was captured.
    case exceedsCaptured(requested: Money, refundable: Money)
    /// Nothing is left that could be refunded.
    case nothingToRefund
    /// The key was used with another amount.
    case keyReused(IdempotencyKey, amount: Money)
    /// There is no refund of that key.
    case unknownRefund(IdempotencyKey)
    /// The refund of that key has ended the other way.
    case refundEnded(IdempotencyKey, PaymentRefund.Status)
    /// The gateway is being asked to move the same money, and has not answered yet.
    case operationUnderWay(IdempotencyKey, PaymentOperationKind)
    /// Nothing was begun under that key.
    case unknownOperation(IdempotencyKey)
    /// There are as many operations as there may be.
    case tooManyOperations(maximum: Int)
    /// There are as many captures as there may be.
    case tooManyCaptures(maximum: Int)
    /// There are as many refunds as there may be.
    case tooManyRefunds(maximum: Int)
    /// The amounts cannot be computed.
    case amount(MoneyError)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<PaymentStatus, PaymentMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension PaymentRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notCreated: "there is no such payment yet"
        case .alreadyCreated(let id): "the payment \(id) exists with other content"
        case .notPositive(let amount): "an amount must be above zero: \(amount)"
        case .currencyMismatch(let expected, let found): "the payment is in \(expected), not in \(found)"
        case .authorizationMismatch(let expected, let found): "\(expected) are to be authorized, not \(found)"
        case .exceedsAuthorized(let requested, let capturable):
            "\(requested) cannot be captured, \(capturable) are left of what was authorized"
        case .exceedsCaptured(let requested, let refundable):
            "\(requested) cannot be refunded, \(refundable) are left of what was captured"
        case .nothingToRefund: "nothing is left that could be refunded"
        case .keyReused(let key, let amount): "the key \(key) was used for \(amount)"
        case .unknownRefund(let key): "there is no refund \(key)"
        case .refundEnded(let key, let status): "the refund \(key) is \(status.rawValue)"
        case .operationUnderWay(let key, let kind): "the \(kind.rawValue) \(key) has not ended yet"
        case .unknownOperation(let key): "nothing was begun under the key \(key)"
        case .tooManyOperations(let maximum): "a payment has at most \(maximum) operations under way or refused"
        case .tooManyCaptures(let maximum): "a payment has at most \(maximum) captures"
        case .tooManyRefunds(let maximum): "a payment has at most \(maximum) refunds"
        case .amount(let error): error.description
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
