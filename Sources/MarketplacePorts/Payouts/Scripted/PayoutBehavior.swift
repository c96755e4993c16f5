/// How a ``ScriptedPayoutProvider`` treats one attempt of a request.
public enum PayoutBehavior: Sendable, Hashable {
    /// It sends the money.
    case send
    /// It says no for this reason, once and for all.
    case refuse(String)
    /// It sends the money and does not answer.
    case timeOutAfterEffect
    /// It never sees the request, and nobody answers.
    case timeOutBeforeEffect
    /// The request cannot be sent.
    case failToConnect
}
