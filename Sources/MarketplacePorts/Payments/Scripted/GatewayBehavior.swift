/// How a ``ScriptedPaymentGateway`` treats one attempt of a request.
public enum GatewayBehavior: Sendable, Hashable {
    /// It does what is asked, if the payment allows it.
    case approve
    /// It says no for this reason, once and for all.
    case decline(String)
    /// It does what is asked and does not answer.
    case timeOutAfterEffect
    /// It never sees the request, and nobody answers.
    case timeOutBeforeEffect
    /// The request cannot be sent.
    case failToConnect
    /// It does what is asked and answers so much later; who stops waiting does not know.
    case answerAfter(Duration)
}
