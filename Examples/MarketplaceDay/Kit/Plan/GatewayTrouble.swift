/// What the gateway, or the way to it, does to one payment.
package enum GatewayTrouble: String, Sendable, Hashable, CaseIterable {
    /// It never sees the first request to take the money, and nobody answers.
    case timeOutBeforeCharging
    /// It takes the money and does not answer.
    case timeOutAfterCharging
    /// It never sees the first request to set the money aside, and nobody answers.
    case timeOutBeforeAuthorizing
    /// It sets the money aside and does not answer.
    case timeOutAfterAuthorizing
    /// The buyer confirms the payment when the goods are not held any more.
    case slowBuyer
    /// It says no.
    case decline
    /// Its webhook is faster than its answer.
    case earlyNotice
    /// Its webhook comes twice.
    case duplicateNotice
}
