public import MarketplaceCore
public import MarketplaceDomain

/// How much store credit a member has in one currency.
public struct StoreCreditBalance: Sendable, Hashable {
    /// What can be set aside.
    public let available: Money
    /// What is set aside; it does not expire while it is.
    public let held: Money
    /// How much of what is available expires when, the first first; the rest never does.
    public let expiring: [StoreCreditLot]
}

/// Store credit that was set aside for one purchase.
public struct StoreCreditHold: Sendable, Hashable {
    /// Whose it is.
    public let member: MemberID
    /// What names it: the key it was set aside under.
    public let key: IdempotencyKey
    /// How much.
    public let amount: Money
    /// Where it is in its life.
    public let state: StoreCreditHoldState
    /// When it is set free unless it was spent; nil when it has no deadline.
    public let deadline: Timestamp?
    /// How much of it was given back after it was spent.
    public let restored: Money
}

/// How a call about store credit ended when it did not succeed.
public typealias StoreCreditError = PaymentServiceError<StoreCreditRefusal>
