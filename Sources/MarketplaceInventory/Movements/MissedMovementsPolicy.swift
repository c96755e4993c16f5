/// What a ``StockMovementRelay`` does when movements were forgotten before it could copy them.
public enum MissedMovementsPolicy: Hashable, Sendable {
    /// It stops with `movementsMissed` until a person has decided.
    case stop
    /// It tells the observer how many are missing, and copies what there is: the sums in the feed are wrong by them.
    case goOn
}
