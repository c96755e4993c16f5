public import MarketplaceStorage

/// What a ``FaultInjectingStore`` does to a commit instead of just passing it on.
public enum CommitFault: Hashable, Sendable {
    /// It is not applied, and the caller is told so.
    case refuse(StoreFailure)
    /// It is applied, but the caller is told that the outcome is unknown.
    case loseAnswer
    /// It is not applied, and the caller is told that the outcome is unknown.
    case loseRequest
    /// The process dies before it: this call and every later one fails for good.
    case crashBefore
    /// The process dies right after it was applied: this call and every later one fails for good.
    case crashAfter
}

extension CommitFault {
    /// It is not applied: there is no connection, and a later attempt may have one.
    public static let unavailable = CommitFault.refuse(StoreFailure(.unavailable, "there is no connection"))
}

extension StoreFailure.Code {
    /// The process that used the store has died, as far as the test is concerned.
    public static let crashed = StoreFailure.Code("crashed")
}
