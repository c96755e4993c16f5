/// What a scripted mail service does with a mail.
public enum MailBehavior: Sendable, Hashable {
    /// Takes it.
    case accept
    /// Takes it, and does not answer in time.
    case timeOutAfterEffect
    /// Does not take it, and does not answer in time.
    case timeOutBeforeEffect
    /// Cannot be reached.
    case failToConnect
    /// Refuses the address.
    case refuseAddress
}
