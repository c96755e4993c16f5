public import MarketplaceCore

/// Why store credit cannot be given, set aside, spent or given back.
public enum StoreCreditRefusal: EffectStating, Hashable {
    /// An amount must be above zero.
    case notPositive(Money)
    /// The credit is in another currency.
    case currencyMismatch(expected: Currency, found: Currency)
    /// There is not that much.
    case insufficient(requested: Money, available: Money)
    /// A member would have more than anybody may.
    case tooMuch(maximumMinor: Int64)
    /// What is given must expire later than it is given.
    case expiresTooEarly(Timestamp)
    /// The credit of the member expires at as many times as it may.
    case tooManyExpiries(maximum: Int)
    /// The key was used with another amount, or another time of expiry.
    case keyReused(IdempotencyKey, amount: Money)
    /// Nothing was set aside under that key.
    case unknownHold(IdempotencyKey)
    /// What was set aside under that key has ended another way.
    case holdEnded(IdempotencyKey, StoreCreditHoldState)
    /// More is to be given back than is left of what was spent.
    case exceedsSpent(requested: Money, restorable: Money)
    /// There are as many refunds of one purchase as there may be.
    case tooManyRefunds(maximum: Int)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension StoreCreditRefusal: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notPositive(let amount): "an amount must be above zero: \(amount)"
        case .currencyMismatch(let expected, let found): "the credit is in \(expected), not in \(found)"
        case .insufficient(let requested, let available): "there are \(available) of store credit, not \(requested)"
        case .tooMuch(let maximum): "a member has at most \(maximum) minor units of store credit"
        case .expiresTooEarly(let time): "what is given now cannot expire at \(time)"
        case .tooManyExpiries(let maximum): "the credit of a member expires at no more than \(maximum) times"
        case .keyReused(let key, let amount): "the key \(key) was used for \(amount)"
        case .unknownHold(let key): "no store credit was set aside under the key \(key)"
        case .holdEnded(let key, let state): "the store credit \(key) is \(state.rawValue)"
        case .exceedsSpent(let requested, let restorable):
            "\(requested) of store credit cannot be given back, \(restorable) are left of what was spent"
        case .tooManyRefunds(let maximum): "store credit is given back at most \(maximum) times for one purchase"
        case .forbidden(let refusal): refusal.description
        }
    }
}
